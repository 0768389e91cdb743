import Conversation

/// A text or a whole turn as a person looks at it who wants to know why.
struct Explanation {
  let interpretation: Interpretation
  /// What was done about it, in a conversation.
  var turn: Turn?
  let style: Style

  init(interpretation: Interpretation, style: Style) {
    self.interpretation = interpretation
    self.style = style
  }

  init(turn: Turn, style: Style) {
    self.init(interpretation: turn.interpretation, style: style)
    self.turn = turn
  }

  private static let shownIntents = 3
  private static let barLength = 20

  var lines: [String] {
    var lines: [String] = []
    lines.append(
      "  " + style.bold("understood")
        + "  \(TerminalText.oneLine(interpretation.intent.name)) \(percent(interpretation.intent.confidence))")
    for score in interpretation.ranking.prefix(Self.shownIntents) {
      let bar = String(repeating: "▪", count: Int((score.confidence * Double(Self.barLength)).rounded()))
      lines.append("              \(percent(score.confidence))  \(TerminalText.oneLine(score.name))  \(style.dim(bar))")
    }
    let weights = zip(interpretation.utterance.tokens, interpretation.attention).map { token, weight in
      (interpretation.utterance.substring(token.span), weight)
    }
    if !weights.isEmpty { lines.append("  " + style.bold("attention") + "   " + strip(weights)) }
    for entity in interpretation.entities {
      lines.append(
        "  " + style.bold("found") + "       \(TerminalText.oneLine(entity.type)) = \(TerminalText.oneLine(entity.value))")
    }
    for performed in turn?.actions ?? [] {
      lines.append(
        "  " + style.bold("did") + "         \(performed.action.name) → \(TerminalText.oneLine(performed.result.summary))")
    }
    if let turn, let flow = turn.flow {
      let waiting =
        turn.requestedSlot.map { ", waiting for \($0.rawValue)" } ?? (turn.awaitingConfirmation ? ", waiting for a yes" : "")
      lines.append("  " + style.bold("flow") + "        \(flow)\(waiting)")
    }
    return lines
  }

  /// Words with their shares of an attention: as heat where there is colour, in percent elsewhere.
  func strip(_ words: [(String, Float)]) -> String {
    let greatest = max(words.map(\.1).max() ?? 0, .leastNonzeroMagnitude)
    return words.map { word, weight in
      let shown = TerminalText.oneLine(word)
      return style.isOn ? style.heat(shown, weight / greatest) : "\(shown)(\(Int((weight * 100).rounded())))"
    }.joined(separator: " ")
  }

  private func percent(_ value: Double) -> String {
    let digits = String(Int((value * 1000).rounded()))
    let padded = String(repeating: "0", count: max(0, 2 - digits.count)) + digits
    return padded.dropLast() + "." + padded.suffix(1) + "%"
  }
}
