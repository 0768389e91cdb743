/// The names of the arguments in an ICU message pattern, those inside the branches of `select` and `plural` among them.
struct MessagePlaces {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var names: [String] = []

  static func names(in pattern: String) -> [String] {
    var places = MessagePlaces(scalars: Array(pattern.unicodeScalars))
    places.message()
    return places.names
  }

  private init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Text with arguments, up to the brace that closes it.
  private mutating func message() {
    while let scalar = next, scalar != "}" {
      position += 1
      if scalar == "{" { argument() }
      // A brace between apostrophes is itself.
      if scalar == "'", let quoted = next, quoted == "{" || quoted == "}" {
        while let other = next, other != "'" { position += other == "'" ? 0 : 1 }
        position += 1
      }
    }
  }

  /// What stands between the braces of an argument, and the closing one.
  private mutating func argument() {
    names.append(word())
    while let scalar = next, scalar != "}" {
      position += 1
      if scalar == "{" {
        message()
        position += 1
      }
    }
    position += 1
  }

  private mutating func word() -> String {
    var word = String.UnicodeScalarView()
    while let scalar = next, scalar != ",", scalar != "}", scalar != "{" {
      if scalar != " " { word.append(scalar) }
      position += 1
    }
    return String(word)
  }
}
