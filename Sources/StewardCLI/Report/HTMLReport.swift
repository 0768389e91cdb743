import Foundation

/// A measurement of a model as one page for a browser: it fetches nothing, reads without its script, and nothing in the data
/// can become markup.
struct HTMLReport {
  /// A headline figure; a share is shown in percent.
  struct Figure {
    let name: String
    let value: Double
    let interval: ClosedRange<Double>?
    let isShare: Bool
  }

  /// How often texts of one intent were taken for another.
  struct Confusion {
    let label: String
    let predicted: String
    let count: Int
  }

  /// A bin of the reliability diagram that has answers in it.
  struct Bin {
    let confidence: Double
    let accuracy: Double
    let count: Int
  }

  /// A text that was misread, and where the model looked.
  struct Mistake {
    let text: String
    let label: String
    let predicted: String
    let confidence: Double
    let attention: [(token: String, weight: Float)]
  }

  /// A point of a curve; `y` is a share.
  struct Point {
    let x: Double
    let y: Double
  }

  var title: String
  /// What was measured on what: model, data, date.
  var facts: [(String, String)]
  var figures: [Figure]
  var perIntent: [(name: String, precision: Double, recall: Double, f1: Double, support: Int)]
  /// The most frequent first.
  var confusions: [Confusion]
  var rightConfidences: [Double]
  var wrongConfidences: [Double]
  var reliability: [Bin]
  /// Accuracy by epoch; empty when the model has none.
  var trainingCurve: [Point]
  /// Accuracy by examples an intent; empty when it was not measured.
  var learningCurve: [Point]
  var mistakes: [Mistake]

  private static let shownMistakes = 500
  /// Depths of shade, beside none; each is a class of the style sheet, `blue1` to `blue5` and `orange1` to `orange5`.
  static let shades = 5

  var html: String {
    let sections = self.sections.filter { !$0.body.isEmpty }
    let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" }.joined(separator: "\n")
    let bodies = sections.map { section in
      """
      <section aria-labelledby="\(section.id)">
      <h2 id="\(section.id)">\(section.title)</h2>
      \(section.body)
      </section>
      """
    }.joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(Self.escape(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the figures</a>
      <header>
      <h1>\(Self.isolated(title))</h1>
      \(factsHTML)
      <nav aria-label="Sections">
      <ul>
      \(links)
      </ul>
      </nav>
      </header>
      <main id="content" tabindex="-1">
      \(bodies)
      </main>
      <script>
      \(Self.script)
      </script>
      </body>
      </html>

      """
  }

  /// The page may use what is written in it, and nothing else.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// A part of the page; left out when it has nothing to say.
  private struct Section {
    let id: String
    let title: String
    let body: String
  }

  private var sections: [Section] {
    [
      Section(id: "figures", title: "Figures", body: figuresHTML),
      Section(id: "confidence", title: "Confidence", body: confidenceCharts),
      Section(id: "curves", title: "Learning", body: curveCharts),
      Section(id: "confusions", title: "Confusions", body: confusionTables),
      Section(id: "intents", title: "Intents", body: intentTable),
      Section(id: "mistakes", title: "Mistakes", body: mistakeList),
    ]
  }

  private var factsHTML: String {
    guard !facts.isEmpty else { return "" }
    let entries = facts.map { name, value in
      "<div><dt>\(Self.isolated(name))</dt><dd>\(Self.isolated(value))</dd></div>"
    }
    return "<dl class=\"facts\">\n" + entries.joined(separator: "\n") + "\n</dl>"
  }

  // MARK: figures

  private var figuresHTML: String {
    guard !figures.isEmpty else { return "" }
    let entries = figures.map { figure -> String in
      let value = figure.isShare ? Self.percent(figure.value) : Self.number(figure.value)
      var parts = ["<div><dt>\(Self.isolated(figure.name))</dt><dd><b>\(value)</b>"]
      if let interval = figure.interval {
        let lower = figure.isShare ? Self.percent(interval.lowerBound) : Self.number(interval.lowerBound)
        let upper = figure.isShare ? Self.percent(interval.upperBound) : Self.number(interval.upperBound)
        parts.append("<span class=\"interval\">\(lower) to \(upper)</span>")
        if figure.isShare { parts.append(Self.intervalBar(figure.value, interval)) }
      }
      parts.append("</dd></div>")
      return parts.joined(separator: "\n")
    }
    return "<dl class=\"figures\">\n" + entries.joined(separator: "\n") + "\n</dl>"
  }

  // MARK: intents

  private var intentTable: String {
    guard !perIntent.isEmpty else { return "" }
    let rows = perIntent.sorted { ($0.f1, $0.name) < ($1.f1, $1.name) }.map { part in
      [
        part.name, Self.percent(part.precision), Self.percent(part.recall), Self.percent(part.f1),
        Self.number(Double(part.support)),
      ]
    }
    return Self.table(
      "Each intent, the least F1 first", ["intent", "precision", "recall", "F1", "texts"], rows, textColumns: 1)
  }

  // MARK: mistakes

  private var mistakeList: String {
    guard !mistakes.isEmpty else { return "" }
    let shown = mistakes.prefix(Self.shownMistakes)
    let count = shown.count < mistakes.count ? "The first \(shown.count) of \(mistakes.count) mistakes." : ""
    return """
      <p>\(count) Open a text to see which words the model looked at. The deeper the shade, the more; the number under a word
      is its part of the attention, in percent.</p>
      <div id="search" role="search" hidden>
      <label for="filter">Show only mistakes with</label>
      <input id="filter" type="search" autocomplete="off" spellcheck="false">
      <output id="shown" for="filter"></output>
      </div>
      \(shown.map(Self.entry).joined(separator: "\n"))
      """
  }

  private static func entry(_ mistake: Mistake) -> String {
    let text = mistake.text.isEmpty ? "(no text)" : mistake.text
    return """
      <details class="mistake">
      <summary>\(isolated(text))
      <span class="verdict">is \(isolated(mistake.label)), was taken for \(isolated(mistake.predicted)),
      \(percent(mistake.confidence)) sure</span></summary>
      \(attentionStrip(mistake.attention))
      </details>
      """
  }

  /// The words of a text, shaded by their part of the attention.
  private static func attentionStrip(_ attention: [(token: String, weight: Float)]) -> String {
    guard !attention.isEmpty else { return "<p>The model gives no attention for this text.</p>" }
    let greatest = attention.map(\.weight).filter(\.isFinite).max() ?? 0
    let words = attention.map { part -> String in
      guard part.weight.isFinite, part.weight > 0, greatest > 0 else {
        return "<span class=\"word\">\(isolated(part.token)) <small>0</small></span>"
      }
      let shade = Int((part.weight / greatest * Float(shades)).rounded())
      let share = decimal(Double(part.weight) * 100, 0)
      let name = shade > 0 ? "word blue\(shade)" : "word"
      return "<span class=\"\(name)\">\(isolated(part.token)) <small>\(share)</small></span>"
    }
    return "<p class=\"attention\">" + words.joined(separator: "\n") + "</p>"
  }

  // MARK: text

  /// Text from outside as it may stand in HTML, between tags or in a quoted attribute; controls and marks that reorder what
  /// stands around them are replaced.
  static func escape(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in TerminalText.filtered(text).unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Text from outside, escaped, whose direction does not touch its neighbours'; Chinese is marked for fonts and readers.
  static func isolated(_ text: String) -> String {
    let isChinese = text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    let start = isChinese ? "<bdi lang=\"zh\">" : "<bdi>"
    return start + escape(text) + "</bdi>"
  }

  static func percent(_ share: Double) -> String { share.isFinite ? decimal(share * 100, 1) + "%" : "–" }

  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value == value.rounded() || abs(value) >= 100 { return decimal(value, 0) }
    return decimal(value, abs(value) < 10 ? 3 : 1)
  }

  /// A table that scrolls inside its own box. The first `textColumns` cells of a row are text, the rest numbers.
  static func table(_ caption: String, _ headers: [String], _ rows: [[String]], textColumns: Int) -> String {
    let head = headers.enumerated().map { column, name -> String in
      let start = column < textColumns ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">"
      return start + escape(name) + "</th>"
    }
    let body = rows.map { row -> String in
      let cells = row.enumerated().map { column, text -> String in
        if column == 0 { return "<th scope=\"row\">\(isolated(text))</th>" }
        return column < textColumns ? "<td>\(isolated(text))</td>" : "<td class=\"number\">\(escape(text))</td>"
      }
      return "<tr>" + cells.joined() + "</tr>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(escape(caption))">
      <table>
      <caption>\(escape(caption))</caption>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }
}
