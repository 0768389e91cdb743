/// A language the agent reads and answers in, by its ISO 639-1 code.
package enum Language: String, Codable, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}
