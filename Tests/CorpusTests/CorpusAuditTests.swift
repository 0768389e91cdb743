import Conversation
import Corpus
import Testing
import Text

@Suite struct CorpusAuditTests {
  private func findings(_ lines: [(String, String)], entities: [Int: Example.Annotation] = [:]) throws -> [String] {
    let examples = lines.enumerated().map { i, line in
      Example(
        text: line.0, intent: line.1, annotations: entities[i].map { [$0] } ?? [], place: .init(file: "f.tsv", line: i + 1))
    }
    return CorpusAudit(examples, tokenizer: try Tokenizer()).findings.map(\.description).filter {
      !$0.contains("write at least")
    }
  }

  @Test func theSameWordsUnderTwoIntentsAreAnError() throws {
    let found = try findings([("Where is it?", "status"), ("where is it", "search"), ("something else", "search")])
    #expect(found == ["f.tsv:2: error: \"where is it\" is search here and status at f.tsv:1; keep one of them"])
  }

  @Test func linesThatSayTheSameAreNamed() throws {
    let found = try findings([
      ("please cancel my order now", "cancel"), ("now please cancel my order", "cancel"), ("stop it", "cancel"),
      ("取消订单", "cancel"),
      ("取消 订单！", "cancel"),
    ])
    #expect(found.count == 2)
    #expect(found[0].hasPrefix("f.tsv:2: warning: \"now please cancel my order\" is nearly"))
    #expect(found[1].hasPrefix("f.tsv:5: warning:"))
  }

  @Test func linesThatDifferInAnEntityOrNumberAloneAreNamed() throws {
    let found = try findings(
      [("I want the red one", "x"), ("I want the blue one", "x"), ("order 12345 please", "x"), ("order 99887 please", "x")],
      entities: [
        0: .init(entity: "color", span: 11..<14), 1: .init(entity: "color", span: 11..<15),
      ])
    #expect(found.count == 2 && found.allSatisfy { $0.contains("differs only in an entity or number") })
  }

  @Test func nearlyTheSameWordsUnderTwoIntentsAreNamed() throws {
    let long = "i would like to know when the parcel that i ordered last week will get here"
    let found = try findings([
      (long, "status"), (long + " please", "complaint"), ("cancel my order", "cancel"), ("order my cancel", "other"),
      ("我的订单到哪了", "status"), ("你们几点开门", "hours"),
    ])
    #expect(found.count == 2, "\(found)")
    #expect(found.contains { $0.hasPrefix("f.tsv:2: warning:") && $0.contains("under status at f.tsv:1") })
    #expect(found.contains { $0.hasPrefix("f.tsv:4: warning:") && $0.contains("under cancel at f.tsv:3") })
  }

  @Test func intentsOfTheSameWordsAreNamed() throws {
    let words = ["track", "parcel", "where", "order", "late", "courier", "ship", "box", "door", "week", "day", "map"]
    // Every word as often in the one as in the other, in other company.
    func lines(_ intent: String, _ steps: [Int]) -> [(String, String)] {
      (0..<12).map { i in (steps.map { words[(i + $0) % 12] }.joined(separator: " "), intent) }
    }
    let other = (0..<12).map { ("refund money card \($0) back bank", "refund") }
    let found = try findings(lines("status", [0, 1, 2, 5]) + lines("delivery", [0, 3, 4, 8]) + other).filter {
      $0.contains("is said in nearly")
    }
    #expect(found.count == 1 && found[0].contains("status is said in nearly the words of delivery"), "\(found)")
  }

  @Test func annotationsThatCutAWordAreNamed() throws {
    let found = try findings(
      [("the blueberry one", "x"), ("a red shirt", "x"), ("买红色的", "x")],
      entities: [
        0: .init(entity: "color", span: 4..<8), 1: .init(entity: "color", span: 2..<6), 2: .init(entity: "color", span: 1..<3),
      ])
    #expect(found.count == 2)
    #expect(found[0].contains("cuts a word in two") && found[1].contains("has a blank at its end"))
  }

  @Test func differentLinesAreFine() throws {
    #expect(try findings([("where is my parcel", "a"), ("has it shipped", "a"), ("我的快递呢", "a"), ("hello", "b")]).isEmpty)
  }

  @Test func spreadIsMeasuredByLanguage() throws {
    let examples = [("a b c", "x"), ("a b d", "x"), ("退货", "y")].map {
      Example(text: $0.0, intent: $0.1, place: .init(file: "f"))
    }
    let spread = CorpusAudit.spread(examples, tokenizer: try Tokenizer())
    #expect(spread["en"]?.examples == 2 && spread["zh"]?.examples == 1)
    #expect(spread["en"]?.similarityWithinIntent == 0.5)
    #expect(spread["en"]?.typeTokenRatio == 4.0 / 6.0)
  }
}
