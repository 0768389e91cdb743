/// A day of the Gregorian calendar, of no particular place: what "tomorrow" and "12 November" name.
///
/// Between 0000-01-01 and 9999-12-31, the days ISO 8601 writes with four digits of year; arithmetic stops at these two, so that no
/// number a customer writes can overflow.
///
/// Days are counted by Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html): a few divisions instead of Foundation's Calendar, because entity recognisers
/// ask for every number that might be a date.
package struct Day: Hashable, Sendable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  private static let daysCounted = (-719_528)...2_932_896

  /// Nil when the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...Day.length(ofMonth: month, year: year)).contains(day) else {
      return nil
    }
    self.init(validYear: year, month: month, day: day)
  }

  private init(validYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day so many days after 1970-01-01.
  package init(daysSinceEpoch: Int) {
    let days = min(max(daysSinceEpoch, Day.daysCounted.lowerBound), Day.daysCounted.upperBound) + 719_468
    // Eras of 400 years and 146,097 days; years that begin in March, so that the leap day is their last.
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The day a clock showed at a moment, `offset` seconds east of UTC.
  package init(_ timestamp: Timestamp, offset: Int = 0) {
    let days = ((timestamp.seconds + Double(offset)) / 86_400).rounded(.down)
    // A number that is none, or beyond the calendar, must not trap.
    let bounded = days.isNaN ? 0 : min(max(days, Double(Day.daysCounted.lowerBound)), Double(Day.daysCounted.upperBound))
    self.init(daysSinceEpoch: Int(bounded))
  }

  /// `2026-11-12`; nil for any other form.
  package init?(iso text: String) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var daysSinceEpoch: Int {
    let years = month <= 2 ? year - 1 : year
    let era = (years >= 0 ? years : years - 399) / 400
    let yearOfEra = years - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// ISO 8601's: 1 is Monday, 7 Sunday.
  package var weekday: Int {
    // 1970-01-01 was a Thursday; the multiple of seven keeps what is divided positive.
    (daysSinceEpoch + 719_533) % 7 + 1
  }

  package func adding(days: Int) -> Day {
    let most = Day.daysCounted.count
    return Day(daysSinceEpoch: daysSinceEpoch + min(max(days, -most), most))
  }

  /// The same day of another month, or that month's last where it is shorter: 31 January and a month is 28 February.
  package func adding(months: Int) -> Day {
    let most = 120_000
    let count = min(max(year * 12 + month - 1 + min(max(months, -most), most), 0), 9999 * 12 + 11)
    let (year, month) = (count / 12, count % 12 + 1)
    return Day(validYear: year, month: month, day: min(day, Day.length(ofMonth: month, year: year)))
  }

  package var firstOfMonth: Day { Day(validYear: year, month: month, day: 1) }
  package var lastOfMonth: Day { Day(validYear: year, month: month, day: Day.length(ofMonth: month, year: year)) }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: Comparable {
  package static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }
}

extension Day: CustomStringConvertible {
  /// ISO 8601: `2026-11-12`.
  package var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
