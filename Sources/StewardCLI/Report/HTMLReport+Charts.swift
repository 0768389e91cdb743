import Foundation

extension HTMLReport {
  private static let shownConfused = 12
  private static let shownConfusions = 20
  private static let histogramBins = 20

  // MARK: sections

  var confidenceCharts: String { Self.side([histogram, reliabilityDiagram]) }

  var curveCharts: String {
    Self.side([
      curve(
        trainingCurve, title: "Accuracy while training", axis: "epoch",
        description: "Accuracy on the training texts, altered as they are learnt, after each epoch."),
      curve(
        learningCurve, title: "Accuracy by the number of examples", axis: "examples an intent",
        description: "Accuracy of a model trained on fewer examples. Where the curve still climbs at its end, more will help."),
    ])
  }

  /// The most confused intents among each other as a heat map, then the most frequent confusions of all.
  var confusionTables: String {
    let real = confusions.filter { $0.label != $0.predicted && $0.count > 0 }
    guard !real.isEmpty else { return "" }
    let rows = real.prefix(Self.shownConfusions).map { [$0.label, $0.predicted, Self.number(Double($0.count))] }
    return heatMap(real) + "\n"
      + Self.table("The most frequent confusions", ["label", "predicted", "texts"], rows, textColumns: 2)
  }

  // MARK: confusions

  private func heatMap(_ confusions: [Confusion]) -> String {
    var involved: [String: Int] = [:]
    var counts: [String: [String: Int]] = [:]
    for confusion in confusions {
      involved[confusion.label, default: 0] += confusion.count
      involved[confusion.predicted, default: 0] += confusion.count
      counts[confusion.label, default: [:]][confusion.predicted, default: 0] += confusion.count
    }
    let ranked = involved.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let names = ranked.prefix(Self.shownConfused).map(\.key)
    let greatest = names.flatMap { label in names.compactMap { counts[label]?[$0] } }.max() ?? 1
    let right = rightAnswers
    let head = names.map { "<th scope=\"col\"><span>\(Self.isolated($0))</span></th>" }.joined()
    let body = names.map { label -> String in
      let cells = names.map { predicted -> String in
        if label == predicted {
          let count = right[label].map { String($0) } ?? ""
          return "<td class=\"diagonal\">\(count)</td>"
        }
        guard let count = counts[label]?[predicted] else { return "<td></td>" }
        let shade = 1 + min(Self.shades - 1, (count * Self.shades - 1) / greatest)
        return "<td class=\"orange\(shade)\">\(count)</td>"
      }
      return "<tr><th scope=\"row\">\(Self.isolated(label))</th>\(cells.joined())</tr>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="The most confused intents">
      <table class="heat">
      <caption>The most confused intents: a row for each label, a column for what it was taken for; right answers are
      framed</caption>
      <thead><tr><td>label ↓ predicted →</td>\(head)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  /// The texts of each intent that were recognised.
  private var rightAnswers: [String: Int] {
    var result: [String: Int] = [:]
    for part in perIntent where part.recall.isFinite {
      result[part.name] = Int((min(max(part.recall, 0), 1) * Double(part.support)).rounded())
    }
    return result
  }

  // MARK: confidence

  private var histogram: String {
    let right = Self.counts(rightConfidences)
    let wrong = Self.counts(wrongConfidences)
    let rightTotal = right.reduce(0, +)
    let wrongTotal = wrong.reduce(0, +)
    guard rightTotal + wrongTotal > 0 else { return "" }
    let rightShares = right.map { Double($0) / Double(max(1, rightTotal)) }
    let wrongShares = wrong.map { Double($0) / Double(max(1, wrongTotal)) }
    let greatest = (rightShares + wrongShares).max() ?? 1
    let plot = Plot(xRange: 0...1, yRange: 0...min(1, max(0.1, (greatest * 10).rounded(.up) / 10)))
    let names = (0..<Self.histogramBins).map { bin -> String in
      let (lower, upper) = (bin * 100 / Self.histogramBins, (bin + 1) * 100 / Self.histogramBins)
      return "\(lower)% to \(upper)%"
    }
    var bars: [String] = []
    for (bin, name) in names.enumerated() {
      let start = plot.x(Double(bin) / Double(Self.histogramBins))
      bars.append(plot.bar(start + 1, rightShares[bin], kind: "right", note: "\(name): \(right[bin]) right"))
      bars.append(plot.bar(start + 8.5, wrongShares[bin], kind: "wrong", note: "\(name): \(wrong[bin]) wrong"))
    }
    let rows = names.indices.map { [names[$0], String(right[$0]), String(wrong[$0])] }
    return Self.chart(
      "Confidence of right and wrong answers",
      description: "How sure the model was, as a share of the right and of the wrong answers. Wrong ones belong to the left.",
      body: plot.axes(x: "confidence", y: "share of the answers", hasShares: true) + "\n" + bars.joined(separator: "\n"),
      legend: [("right", "right answers (\(rightTotal))"), ("wrong", "wrong answers (\(wrongTotal))")],
      numbers: Self.table("Answers by confidence", ["confidence", "right", "wrong"], rows, textColumns: 1))
  }

  /// How many of the confidences fall into each bin.
  private static func counts(_ confidences: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: histogramBins)
    for confidence in confidences where confidence.isFinite {
      counts[min(histogramBins - 1, Int(min(max(confidence, 0), 1) * Double(histogramBins)))] += 1
    }
    return counts
  }

  private var reliabilityDiagram: String {
    let bins = reliability.filter { $0.confidence.isFinite && $0.accuracy.isFinite && $0.count > 0 }
      .sorted { $0.confidence < $1.confidence }
    guard let greatest = bins.map(\.count).max() else { return "" }
    let plot = Plot(xRange: 0...1, yRange: 0...1)
    let diagonal = plot.line([Point(x: 0, y: 0), Point(x: 1, y: 1)], kind: "diagonal")
    let line = plot.line(bins.map { Point(x: $0.confidence, y: $0.accuracy) }, kind: "line")
    let dots = bins.map { bin -> String in
      let note = "\(Self.percent(bin.confidence)) sure, \(Self.percent(bin.accuracy)) right, \(bin.count) answers"
      let radius = 3 + 5 * (Double(bin.count) / Double(greatest)).squareRoot()
      return plot.dot(Point(x: bin.confidence, y: bin.accuracy), radius: radius, note: note)
    }
    let rows = bins.map { [Self.percent($0.confidence), Self.percent($0.accuracy), String($0.count)] }
    return Self.chart(
      "Reliability",
      description: "How often the model was right, by how sure it was. On the dashed line a confidence means what it says; "
        + "below it the model is surer than it should be.",
      body: ([plot.axes(x: "confidence", y: "accuracy", hasShares: true), diagonal, line] + dots).joined(separator: "\n"),
      legend: [("right", "the model; a larger dot has more answers"), ("dashes", "confidence equal to accuracy")],
      numbers: Self.table("Accuracy by confidence", ["confidence", "accuracy", "answers"], rows, textColumns: 1))
  }

  // MARK: curves

  private func curve(_ points: [Point], title: String, axis: String, description: String) -> String {
    let points = points.filter { $0.x.isFinite && $0.y.isFinite }.sorted { $0.x < $1.x }
    guard let first = points.first, let last = points.last else { return "" }
    let xRange = first.x < last.x ? (first.x...last.x) : ((first.x - 1)...(first.x + 1))
    let plot = Plot(xRange: xRange, yRange: Self.shareRange(points.map(\.y)))
    let dots = points.map { point in
      plot.dot(point, radius: 3, note: "\(Self.number(point.x)): \(Self.percent(point.y))")
    }
    let parts = [plot.axes(x: axis, y: "accuracy", hasShares: false), plot.line(points, kind: "line")] + dots
    return Self.chart(
      title, description: description, body: parts.joined(separator: "\n"), legend: [],
      numbers: Self.table(
        title, [axis, "accuracy"], points.map { [Self.number($0.x), Self.percent($0.y)] }, textColumns: 1))
  }

  /// Full tens of percent around shares, so that a curve near the top still shows its shape.
  private static func shareRange(_ shares: [Double]) -> ClosedRange<Double> {
    let lower = max(0, ((shares.min() ?? 0) * 10 - 0.2).rounded(.down) / 10)
    let upper = min(1, ((shares.max() ?? 1) * 10 + 0.2).rounded(.up) / 10)
    return lower < upper ? lower...upper : 0...1
  }

  // MARK: parts

  /// A value within its interval, on a track from 0 to 100%; the numbers stand beside it.
  static func intervalBar(_ value: Double, _ interval: ClosedRange<Double>) -> String {
    func place(_ share: Double) -> Double { share.isFinite ? min(max(share, 0), 1) * 100 : 0 }
    let lower = place(interval.lowerBound)
    let width = max(1, place(interval.upperBound) - lower)
    return """
      <svg class="range" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="track" x="0" y="2" width="100" height="2"/>
      <rect class="right" x="\(coordinate(lower))" y="1" width="\(coordinate(width))" height="4"/>
      <rect class="value" x="\(coordinate(max(0, place(value) - 0.4)))" y="0" width="0.8" height="6"/>
      </svg>
      """
  }

  /// Charts beside each other where there is room.
  private static func side(_ charts: [String]) -> String {
    let charts = charts.filter { !$0.isEmpty }
    return charts.isEmpty ? "" : "<div class=\"charts\">\n" + charts.joined(separator: "\n") + "\n</div>"
  }

  /// A chart with its words, and its numbers for those who cannot see it.
  private static func chart(
    _ title: String, description: String, body: String, legend: [(kind: String, name: String)], numbers: String
  ) -> String {
    let entries = legend.map { "<li><span class=\"swatch \($0.kind)\"></span>\(escape($0.name))</li>" }
    let list = entries.isEmpty ? "" : "<ul class=\"legend\">\n" + entries.joined(separator: "\n") + "\n</ul>"
    return """
      <figure>
      <figcaption><b>\(escape(title))</b> \(escape(description))</figcaption>
      <svg class="chart" viewBox="0 0 400 284" role="img" aria-label="\(escape(title)); the numbers follow">
      \(body)
      </svg>
      \(list)
      <details><summary>The numbers</summary>
      \(numbers)
      </details>
      </figure>
      """
  }

  /// A length in an SVG, to a tenth.
  fileprivate static func coordinate(_ value: Double) -> String {
    value.isFinite ? String((value * 10).rounded() / 10) : "0"
  }

  // MARK: the plane

  /// The plane of a chart, in the units of its view box of 400 by 284; what lies outside is moved to the edge.
  private struct Plot {
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>

    private static let left = 54.0
    private static let right = 386.0
    private static let top = 32.0
    private static let bottom = 234.0

    func x(_ value: Double) -> Double {
      Self.left + Self.part(value, of: xRange) * (Self.right - Self.left)
    }

    func y(_ value: Double) -> Double {
      Self.bottom - Self.part(value, of: yRange) * (Self.bottom - Self.top)
    }

    private static func part(_ value: Double, of range: ClosedRange<Double>) -> Double {
      let inside = min(max(value, range.lowerBound), range.upperBound)
      return (inside - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    /// Grid lines and numbers; upwards always shares, to the right shares or whole numbers.
    func axes(x xTitle: String, y yTitle: String, hasShares: Bool) -> String {
      var parts: [String] = []
      for tick in Self.ticks(yRange, about: 5, isWhole: false) {
        let edges = [Self.left, Self.right].map { HTMLReport.coordinate($0) + "," + HTMLReport.coordinate(y(tick)) }
        parts.append("<polyline class=\"grid\" points=\"\(edges.joined(separator: " "))\"/>")
        parts.append(Self.label(decimal(tick * 100, 0) + "%", Self.left - 6, y(tick) + 4.5, anchor: "end"))
      }
      for tick in Self.ticks(xRange, about: 5, isWhole: !hasShares) {
        let name = hasShares ? decimal(tick * 100, 0) + "%" : decimal(tick, 0)
        parts.append(Self.label(name, x(tick), Self.bottom + 18, anchor: "middle"))
      }
      parts.append(Self.label(yTitle, 2, 14, anchor: "start"))
      parts.append(Self.label(xTitle, (Self.left + Self.right) / 2, Self.bottom + 40, anchor: "middle"))
      return parts.joined(separator: "\n")
    }

    func bar(_ start: Double, _ share: Double, kind: String, note: String) -> String {
      guard share > 0 else { return "" }
      let top = min(y(share), Self.bottom - 1)
      let (across, down) = (HTMLReport.coordinate(start), HTMLReport.coordinate(top))
      let height = HTMLReport.coordinate(Self.bottom - top)
      return "<rect class=\"\(kind)\" x=\"\(across)\" y=\"\(down)\" width=\"7\" height=\"\(height)\">"
        + "<title>\(HTMLReport.escape(note))</title></rect>"
    }

    func line(_ points: [Point], kind: String) -> String {
      let places = points.map { HTMLReport.coordinate(x($0.x)) + "," + HTMLReport.coordinate(y($0.y)) }
      return "<polyline class=\"\(kind)\" points=\"\(places.joined(separator: " "))\"/>"
    }

    func dot(_ point: Point, radius: Double, note: String) -> String {
      let (across, down) = (HTMLReport.coordinate(x(point.x)), HTMLReport.coordinate(y(point.y)))
      return "<circle class=\"right\" cx=\"\(across)\" cy=\"\(down)\" r=\"\(HTMLReport.coordinate(radius))\">"
        + "<title>\(HTMLReport.escape(note))</title></circle>"
    }

    private static func label(_ text: String, _ x: Double, _ y: Double, anchor: String) -> String {
      let (across, down) = (HTMLReport.coordinate(x), HTMLReport.coordinate(y))
      return "<text x=\"\(across)\" y=\"\(down)\" text-anchor=\"\(anchor)\">\(HTMLReport.escape(text))</text>"
    }

    /// Round numbers within a range: steps of 1, 2 or 5 times a power of ten.
    private static func ticks(_ range: ClosedRange<Double>, about count: Double, isWhole: Bool) -> [Double] {
      let rough = (range.upperBound - range.lowerBound) / count
      guard rough > 0, rough.isFinite else { return [range.lowerBound] }
      let power = pow(10, log10(rough).rounded(.down))
      let nearest = [1.0, 2.0, 5.0, 10.0].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
      let step = isWhole ? max(1, nearest) : nearest
      let first = (range.lowerBound / step - 0.001).rounded(.up)
      let last = (range.upperBound / step + 0.001).rounded(.down)
      return stride(from: first, through: last, by: 1).prefix(20).map { $0 * step + 0 }
    }
  }
}
