import Conversation
import Corpus
import Foundation
import NLU
import Neural
import Testing
import Text

@Suite struct EntityTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  private func example(_ annotated: String, _ intent: String) throws -> Example {
    let (text, annotations) = try AnnotatedText.parse(annotated, at: .init(file: "test"))
    return Example(text: text, intent: intent, annotations: annotations, place: .init(file: "test"))
  }

  /// Trips from one city to another in two languages, and what is no trip.
  private func corpus() throws -> [Example] {
    let cities = ["paris", "rome", "new york", "lima", "oslo", "cairo"]
    let chinese = ["北京", "上海", "广州", "成都"]
    var examples: [Example] = []
    for (i, from) in cities.enumerated() {
      for to in cities where to != from {
        examples.append(
          try example(
            "fly from [\(from)]{\"entity\":\"city\",\"role\":\"from\"} to [\(to)]{\"entity\":\"city\",\"role\":\"to\"}", "trip")
        )
      }
      examples.append(try example("is it warm in [\(from)](city)", "weather"))
      examples.append(try example("thank you number \(i)", "thanks"))
    }
    for city in chinese {
      examples.append(try example("[\(city)](city)的天气怎么样", "weather"))
      examples.append(try example("谢谢你", "thanks"))
    }
    return examples
  }

  private func model(_ examples: [Example], hints: EntityHints = EntityHints()) throws -> Model {
    let result = try IntentTrainer(epochs: 30, seed: 1, threads: 2).train(examples, tokenizer: tokenizer) { _ in }
    return Model(
      intents: result.classifier, entities: EntityExtractor(tags: result.tags, hints: hints.adding(examples)), script: Script(),
      origin: .init(date: "", seed: 1, dataHash: "", examples: examples.count, settings: result.settings, heldOut: nil),
      examples: examples)
  }

  @Test func learnsEntitiesWithTheirRolesAndKeepsThemInAFile() throws {
    let trained = try model(corpus() + [example("weather in [nyc](city:New York)", "weather")])
    let path = NSTemporaryDirectory() + "/steward-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try trained.write(to: path)
    for model in [trained, try Model(path: path)] {
      let interpreter = model.interpreter(tokenizer)
      let trip = interpreter.interpret("fly from oslo to new york").entities
      #expect(trip.map(\.type) == ["city", "city"] && trip.map(\.role) == ["from", "to"], "\(trip)")
      #expect(trip.map(\.text) == ["oslo", "new york"] && trip.allSatisfy { $0.confidence > 0.5 && $0.confidence <= 1 })
      let chinese = interpreter.interpret("上海的天气怎么样").entities
      #expect(chinese.map(\.text) == ["上海"] && chinese.first?.span == 0..<2)
      #expect(interpreter.interpret("weather in NYC").entities.first?.value == "New York")
    }
    let outcomes = EntityEvaluation(interpreter: trained.interpreter(tokenizer), threads: 2).outcomes(try corpus())
    #expect(EntityMetrics(outcomes).f1 > 0.95)
  }

  @Test func identifiersComeFirstThenWhatWasLearntThenPatternsThenTheRest() throws {
    var hints = EntityHints()
    hints.regexes = ["ticket": ["T-\\d+", "(a+)+b"]]
    hints.lookups = ["color": ["sea green", "green", "墨绿"]]
    hints.synonyms = ["sea green": "teal"]
    let interpreter = try model(corpus(), hints: hints).interpreter(tokenizer)
    func found(_ text: String) -> [String] { interpreter.interpret(text).entities.map { "\($0.type)=\($0.value)" } }
    #expect(found("thank you t-15 sea green") == ["ticket=t-15", "color=teal"])
    #expect(found("thank you 墨绿") == ["color=墨绿"])
    #expect(found("mail t-15@example.com").first == "email=t-15@example.com")
    // A pattern that would take for ever finds nothing instead.
    #expect(!found("ticket " + String(repeating: "a", count: 60) + "!").contains { $0.hasPrefix("ticket") })
  }

  @Test func tagsAndStretchesAreInverse() throws {
    let text = try example("from [new york]{\"entity\":\"city\",\"role\":\"from\"} [rome](city) 去[上海](city)吧", "x")
    let tags = EntityTags([text])
    let utterance = tokenizer.utterance(text.text)
    let units = TextEncoder.units(utterance, [])
    let stretches = tags.stretches(tags.tags(text.annotations, units: units, in: utterance))
    let spans = stretches.map {
      utterance.span(of: units[$0.units.lowerBound].tokens.lowerBound..<units[$0.units.upperBound - 1].tokens.upperBound)
    }
    #expect(spans == text.annotations.map(\.span) && stretches.map(\.label) == text.annotations.map(\.label))
    #expect(tags.count == 5 && EntityTags([]).count == 0)
  }

  @Test func metricsCountExactSpansAndTypes() throws {
    let gold = try example("[red](color) [shoes](product) in [oslo](city)", "x")
    func entity(_ type: String, _ span: Range<Int>) -> Entity {
      Entity(type: type, span: span, text: "", value: "", confidence: 1, extractor: "")
    }
    let metrics = EntityMetrics([
      .init(example: gold, entities: [entity("color", 0..<3), entity("product", 0..<9), entity("color", 13..<17)])
    ])
    #expect(metrics.n == 1 && abs(metrics.precision - 1.0 / 3) < 1e-12 && abs(metrics.recall - 1.0 / 3) < 1e-12)
    // "red shoes" overlaps the product, "oslo" is no color: two of three either way.
    #expect(abs(metrics.partialF1 - 2.0 / 3) < 1e-12)
    #expect(metrics.perType["city"]?.recall == 0 && metrics.perType["city"]?.support == 1)
    #expect(metrics.perType["color"]?.precision == 0.5 && metrics.perType["color"]?.recall == 1)
  }
}
