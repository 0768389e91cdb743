import CText
import Conversation
import Synchronization

/// A sentence with named places, in ICU's message syntax: `{name}`, `{count, plural, one {# item} other {# items}}`,
/// `{status, select, delivered {…} other {…}}`.
/// Syntax: https://unicode-org.github.io/icu/userguide/format_parse/messages/
package final class MessagePattern: Sendable {
  package enum Argument: Hashable, Sendable {
    case text(String)
    case number(Double)
  }

  /// A pattern ICU cannot read.
  package struct Malformed: Error, CustomStringConvertible {
    package let description: String
  }

  /// Used by one thread at a time: only ever touched under the lock.
  private struct Handle: @unchecked Sendable {
    let message: OpaquePointer
  }

  private let handle: Mutex<Handle>

  package init(_ pattern: String, language: Language) throws(Malformed) {
    var error = [CChar](repeating: 0, count: 128)
    guard let message = ct_message_open(pattern, language.rawValue, &error, Int32(error.count)) else {
      let reason = String(decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw Malformed(description: "not a message pattern (\(reason))")
    }
    handle = Mutex(Handle(message: message))
  }

  deinit {
    handle.withLock { ct_message_close($0.message) }
  }

  /// The sentence. A place without an argument stays as it is written.
  package func format(_ arguments: [String: Argument]) -> String {
    let names = arguments.keys.sorted()
    return withCStrings(names) { namePointers in
      let texts = names.map { name in if case .text(let text)? = arguments[name] { text } else { "" } }
      return withCStrings(texts) { textPointers in
        let cArguments = names.indices.map { i in
          switch arguments[names[i]] {
          case .number(let number)?: ct_argument(name: namePointers[i], text: nil, number: number)
          default: ct_argument(name: namePointers[i], text: textPointers[i], number: 0)
          }
        }
        return handle.withLock { handle in
          filled { ct_message_format(handle.message, cArguments, Int32(cArguments.count), $0, $1) } ?? ""
        }
      }
    }
  }
}

/// Dates as a customer reads them.
package enum DateText {
  /// A moment by a CLDR skeleton, such as `MMMMd` ("November 12", "11月12日"), in an IANA time zone.
  package static func format(_ moment: Timestamp, skeleton: String, language: Language, timeZone: String) -> String {
    filled { ct_format_date(moment.seconds, skeleton, language.rawValue, timeZone, $0, $1) } ?? ""
  }
}

/// Lists as a customer reads them.
package enum ListText {
  /// "A, B, and C"; "A、B和C".
  package static func format(_ items: [String], language: Language) -> String {
    withCStrings(items) { pointers in
      filled { ct_format_list(pointers, Int32(pointers.count), language.rawValue, $0, $1) } ?? ""
    }
  }
}

/// Calls `body` with a buffer, again with a larger one when it asks for more; nil when it fails.
private func filled(_ body: (UnsafeMutablePointer<CChar>?, Int32) -> Int32) -> String? {
  var capacity = 512
  while true {
    var buffer = [CChar](repeating: 0, count: capacity)
    let length = Int(buffer.withUnsafeMutableBufferPointer { body($0.baseAddress, Int32($0.count)) })
    if length < 0 { return nil }
    if length <= capacity { return String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) }
    capacity = length
  }
}

/// Calls `body` with C strings that live as long as the call. A NUL inside a string ends it there.
private func withCStrings<R>(_ strings: [String], _ body: ([UnsafePointer<CChar>]) -> R) -> R {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for string in strings {
    starts.append(bytes.count)
    bytes.append(contentsOf: string.utf8.map(CChar.init(bitPattern:)))
    bytes.append(0)
  }
  return bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return body([]) }
    return body(starts.map { base + $0 })
  }
}
