import Conversation
import Dialogue
import Foundation
import Testing
import Text

@Suite struct NameReaderTests {
  let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer()
  }

  /// The readings of a text in which `postcode` was recognised.
  private func names(_ text: String, recognised: String) -> [String] {
    let utterance = tokenizer.utterance(text)
    var entities: [Entity] = []
    if let range = text.range(of: recognised) {
      let start = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
      let span = start..<start + recognised.unicodeScalars.count
      entities = [Entity(type: "postcode", span: span, text: recognised, value: recognised, confidence: 1, extractor: "test")]
    }
    return NameReader.names(in: utterance, without: entities).map { "\($0.given)|\($0.family)" }
  }

  @Test(arguments: [
    ("Maria Lopez 78701", "78701", "Maria|Lopez"), ("my name is Sam Okafor and my zip is 10004", "10004", "Sam|Okafor"),
    ("Lopez, Maria. 78701", "78701", "Maria|Lopez"), ("78701, it's maria lopez", "78701", "maria|lopez"),
    ("Jean-Luc O'Neill, postcode 12345", "12345", "Jean-Luc|O'Neill"),
    ("Mary Ann Smith 12345", "12345", "Mary|Ann Smith"), ("我叫李娜，邮编100027", "100027", "娜|李"), ("邮编510620，姓名陈伟", "510620", "伟|陈"),
    ("欧阳修 100027", "100027", "修|欧阳"), ("您好，我是王小明。邮编：200040", "200040", "小明|王"),
  ]) func readsANameBesideAPostcode(_ text: String, _ postcode: String, _ expected: String) {
    #expect(names(text, recognised: postcode).contains(expected), "\(names(text, recognised: postcode))")
  }

  @Test func bothOrdersOfATwoWordNameAreTried() {
    #expect(names("Lopez Maria 78701", recognised: "78701") == ["Lopez|Maria", "Maria|Lopez"])
  }

  @Test(arguments: [
    "78701", "my zip is 78701", "邮编是78701", "ok 78701 thanks", "a very long sentence about many other things 78701",
  ])
  func readsNothingWhereThereIsNoName(_ text: String) {
    #expect(names(text, recognised: "78701").isEmpty)
  }
}
