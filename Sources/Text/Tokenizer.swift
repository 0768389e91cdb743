import CText
import Conversation
import Synchronization

/// Turns text into an `Utterance`: words by ICU's rules and Chinese dictionary, folded for comparison, with spans into the original.
///
/// Folding is NFKC, Unicode case folding, removal of invisible characters, and Traditional Chinese written as Simplified.
/// Safe to share between threads: each call borrows a segmenter of its own.
package final class Tokenizer: Sendable {
  /// ICU's data is missing or unreadable on this machine.
  package struct Unavailable: Error, CustomStringConvertible {
    package var description: String { "the ICU library has no word-break data; reinstall libicu" }
  }

  /// A segmenter that one thread at a time uses: it is handed out from under the pool's lock and put back there.
  private struct Segmenter: @unchecked Sendable {
    let handle: OpaquePointer
  }

  private let idle: Mutex<[Segmenter]>

  package init() throws(Unavailable) {
    guard let first = ct_segmenter_open() else { throw Unavailable() }
    idle = Mutex([Segmenter(handle: first)])
  }

  deinit {
    idle.withLock { $0.forEach { ct_segmenter_close($0.handle) } }
  }

  package func utterance(_ text: String) -> Utterance {
    let tokens = tokens(of: text)
    return Utterance(text: text, tokens: tokens, language: LanguageGuess.language(of: tokens))
  }

  private func tokens(of text: String) -> [Token] {
    guard let segmenter = idle.withLock({ $0.popLast() }) ?? ct_segmenter_open().map(Segmenter.init) else { return [] }
    defer { idle.withLock { $0.append(segmenter) } }
    var text = text
    return text.withUTF8 { bytes in
      // ICU counts in 32 bits; a line that long is not a customer's.
      guard let base = bytes.baseAddress, bytes.count < Int(Int32.max) / 4 else { return [] }
      var found: UnsafePointer<ct_token>?
      var folded: UnsafePointer<CChar>?
      let count = base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        ct_segment(segmenter.handle, $0, Int32(bytes.count), &found, &folded)
      }
      guard count > 0, let found, let folded else { return [] }
      let tokens = UnsafeBufferPointer(start: found, count: Int(count))
      return tokens.map { token in
        let text = UnsafeBufferPointer(start: folded + Int(token.text_start), count: Int(token.text_end - token.text_start))
        return Token(
          text: String(decoding: UnsafeRawBufferPointer(text), as: UTF8.self),
          span: Int(token.start)..<Int(token.end), kind: Token.Kind(token.kind))
      }
    }
  }
}

extension Token.Kind {
  fileprivate init(_ kind: Int32) {
    switch Int(kind) {
    case CT_NUMBER: self = .number
    case CT_WORD: self = .word
    case CT_KANA: self = .kana
    case CT_IDEOGRAPH: self = .ideograph
    default: self = .symbol
    }
  }
}
