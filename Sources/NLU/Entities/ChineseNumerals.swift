/// Numbers in Chinese characters, alone and mixed with digits: 一百二十, 一万三, 1.5万, 3千5.
enum ChineseNumerals {
  /// A number of one place, or a unit that multiplies what stands before it.
  enum Element {
    case digit(Quantity)
    case unit(Int)
    case zero
  }

  static func isPart(_ scalar: UInt32) -> Bool { element(scalar) != nil }

  static func element(_ scalar: UInt32) -> Element? {
    switch Unicode.Scalar(scalar) {
    case "零", "〇": .zero
    case "一": .digit(Quantity(1))
    case "二", "两": .digit(Quantity(2))
    case "三": .digit(Quantity(3))
    case "四": .digit(Quantity(4))
    case "五": .digit(Quantity(5))
    case "六": .digit(Quantity(6))
    case "七": .digit(Quantity(7))
    case "八": .digit(Quantity(8))
    case "九": .digit(Quantity(9))
    case "十": .unit(10)
    case "百": .unit(100)
    case "千": .unit(1000)
    case "万": .unit(10_000)
    case "亿": .unit(100_000_000)
    default: nil
    }
  }

  /// The number the elements write; nil where they write none (万一, 三四).
  ///
  /// A last digit after a unit of a hundred or more counts tenths of that unit: 一万三 is 13,000, 一百零三 is 103.
  static func value(_ elements: [Element]) -> Quantity? {
    // Beyond this many characters no one writes a number.
    guard elements.count <= 20 else { return nil }
    var (total, section) = (Quantity(0), Quantity(0))
    var digit: Quantity?
    /// The unit just written, 1 after a zero.
    var lastUnit = 0
    var isZero = false
    for element in elements {
      switch element {
      case .zero:
        guard digit == nil else { return nil }
        (lastUnit, isZero) = (1, true)
      case .digit(let value):
        guard digit == nil else { return nil }
        digit = value
      case .unit(let unit) where unit < 10_000:
        // Units descend within a section; only 十 may begin one.
        guard lastUnit == 0 || lastUnit == 1 || lastUnit > unit else { return nil }
        guard let factor = digit ?? (unit == 10 ? Quantity(1) : nil), let product = factor.times(unit) else { return nil }
        section = section + product
        (digit, lastUnit) = (nil, unit)
      case .unit(let unit):
        let part = section + (digit ?? Quantity(0))
        // 一亿三千万: 万 multiplies its own section, 亿 everything before it.
        let multiplied = unit == 10_000 ? part : total + part
        guard part > Quantity(0) || unit > 10_000, unit > 10_000 || total == Quantity(0) || total >= Quantity(100_000_000),
          let product = multiplied.times(unit), product > Quantity(0)
        else { return nil }
        total = unit == 10_000 ? total + product : product
        // What follows is a section of its own.
        (section, digit, lastUnit) = (Quantity(0), nil, unit)
      }
    }
    if let digit {
      let isShortened = lastUnit >= 100 && digit < Quantity(10)
      guard let last = isShortened ? digit.times(lastUnit / 10) : digit else { return nil }
      section = section + last
    } else if section == Quantity(0), total == Quantity(0), !isZero {
      return nil
    }
    return total + section
  }

  /// The number of digits read one by one, up to nine: 二〇二六; nil when there are units among them.
  static func positional(_ elements: [Element]) -> Quantity? {
    guard (2...9).contains(elements.count) else { return nil }
    var value = 0
    for element in elements {
      switch element {
      case .zero: value *= 10
      case .digit(let digit): value = value * 10 + (digit.whole ?? 0)
      case .unit: return nil
      }
    }
    return Quantity(value)
  }
}
