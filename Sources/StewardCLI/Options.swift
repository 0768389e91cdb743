import Agent
import ArgumentParser
import Commerce
import Conversation
import Foundation
import Logging
import NLU
import Neural
import Text

/// `--model`, wherever a trained model is read.
struct ModelOption: ParsableArguments {
  @Option(
    name: .customLong("model"), help: "A model file, or the NAME of models/NAME.safetensors (default: the current model).")
  var name: String?

  func load(_ locations: Locations) throws -> Model { try Model(path: locations.model(flag: name)) }
}

/// `--store`, wherever the shop is used.
struct StoreOption: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: "The shop's store: a path or sqlite:PATH (default: store/steward.sqlite, made from corpora/store).")
  var name: String?

  /// Opens the store; the default one is made of the demo shop when it is not there.
  func open(_ locations: Locations) throws -> SQLiteStore {
    let path = try locations.store(flag: name)
    let source = locations.inHome("corpora/store")
    if name == nil, !FileManager.default.fileExists(atPath: path), FileManager.default.fileExists(atPath: source) {
      try SQLiteStore.importFiles(from: source, to: path, keepsExisting: true)
    }
    return try SQLiteStore(path: path)
  }
}

/// `--now`, wherever something depends on the time.
struct ClockOption: ParsableArguments {
  @Option(name: .customLong("now"), help: "The time to go by, as 2026-11-21T09:30:00Z or 2026-11-21 (default: the clock).")
  var text: String?

  func time() throws -> Date {
    guard let text else { return Date() }
    let full = text.count == 10 ? text + "T00:00:00Z" : text
    guard let date = try? Date(full, strategy: .iso8601) else {
      throw ValidationError("--now wants a time such as 2026-11-21T09:30:00Z, not \"\(text)\"")
    }
    return date
  }

  /// The day it is where this machine stands.
  func today() throws -> Day {
    let now = try time()
    return Day(Timestamp(seconds: now.timeIntervalSince1970), offset: TimeZone.current.secondsFromGMT(for: now))
  }

  func timestamp() throws -> Timestamp { Timestamp(seconds: try time().timeIntervalSince1970) }
}

/// Puts the parts of an agent together.
func makeAgent(_ locations: Locations, model: ModelOption, store: StoreOption) throws -> (agent: Agent, service: ShopService) {
  let path = try locations.model(flag: model.name)
  let file = try Model.file(path: path)
  let model = try Model(file, path: path)
  let tokenizer = try Tokenizer()
  let store = try store.open(locations)
  let service = ShopService(store: store, catalogue: try makeCatalogue(locations, store, model: file, tokenizer))
  let logger = Logger(label: "steward") { StreamLogHandler.standardError(label: $0) }
  return (try Agent(model: model, tokenizer: tokenizer, service: service, logger: logger), service)
}

/// The shop's catalogue, with the recommender and the search ranking of a model where it has them.
func makeCatalogue(_ locations: Locations, _ store: SQLiteStore, model: Safetensors?, _ tokenizer: Tokenizer) throws
  -> CatalogueDesk
{
  CatalogueDesk(
    store: store, tokenizer: tokenizer, synonyms: try synonymsOrDefault(nil, tokenizer),
    ranking: model.flatMap(SearchRanking.init),
    recommender: { model.flatMap(LearntRecommender.init) })
}
