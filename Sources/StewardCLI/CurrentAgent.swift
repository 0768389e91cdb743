import Agent
import Foundation

/// The assistant of the current model, which takes up a new one between turns. A model that cannot be used is left alone: the one at
/// hand goes on.
struct CurrentAgent {
  private(set) var agent: Agent
  private let locations: Locations
  private let model: ModelOption
  private let store: StoreOption
  private var stamp: Stamp?

  /// What tells one model from the next.
  private struct Stamp: Equatable {
    let path: String
    let inode: UInt64
    let changed: Date?
  }

  init(_ agent: Agent, locations: Locations, model: ModelOption, store: StoreOption) {
    self.agent = agent
    self.locations = locations
    self.model = model
    self.store = store
    stamp = currentStamp()
  }

  private func currentStamp() -> Stamp? {
    guard let path = try? locations.model(flag: model.name),
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    else { return nil }
    return Stamp(
      path: path, inode: (attributes[.systemFileNumber] as? UInt64) ?? 0, changed: attributes[.modificationDate] as? Date)
  }

  /// Takes up another model if there is one; true when it has.
  @discardableResult
  mutating func refresh() -> Bool {
    guard let now = currentStamp(), now != stamp else { return false }
    stamp = now
    do {
      agent = try makeAgent(locations, model: model, store: store).agent
      return true
    } catch {
      Output.note("steward: the new model is not taken up: \(TerminalText.oneLine("\(error)"))")
      return false
    }
  }
}
