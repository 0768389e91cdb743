import Conversation

/// A day, a stretch of days, or what cannot be told without knowing today.
enum DateValue: Sendable {
  case day(Day)
  case interval(Day, Day)
  case unknown

  /// ISO 8601: `2026-11-12`, `2026-11-23/2026-11-29`; nil when unknown.
  var text: String? {
    switch self {
    case .day(let day): day.description
    case .interval(let first, let last): "\(first)/\(last)"
    case .unknown: nil
    }
  }

  init(_ day: Day?) {
    self = day.map { .day($0) } ?? .unknown
  }

  // MARK: counted from a day

  static func daysOn(_ days: Int, _ today: Day?) -> DateValue { DateValue(today?.adding(days: days)) }

  /// The span of days a calendar's unit has, so many units on: weeks begin on Monday, as in ISO 8601.
  static func period(_ step: Int, _ unit: TimeUnit, _ today: Day?) -> DateValue {
    guard let today else { return .unknown }
    switch unit {
    case .week:
      let monday = today.adding(days: 1 - today.weekday + 7 * step)
      return .interval(monday, monday.adding(days: 6))
    case .month:
      let day = today.adding(months: step)
      return .interval(day.firstOfMonth, day.lastOfMonth)
    case .year: return year(today.year + step)
    case .second, .minute, .hour, .day: return .unknown
    }
  }

  static func year(_ year: Int) -> DateValue {
    guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else { return .unknown }
    return .interval(first, last)
  }

  static func weekday(_ weekday: Int, inWeek step: Int, _ today: Day?) -> DateValue {
    DateValue(today.map { $0.adding(days: weekday - $0.weekday + 7 * step) })
  }

  /// The next such day, today included.
  static func coming(_ weekday: Int, _ today: Day?) -> DateValue {
    DateValue(today.map { $0.adding(days: (weekday - $0.weekday + 7) % 7) })
  }

  /// The last such day, today not included.
  static func past(_ weekday: Int, _ today: Day?) -> DateValue {
    DateValue(today.map { $0.adding(days: -((($0.weekday - weekday) + 6) % 7 + 1)) })
  }

  static func weekend(inWeek step: Int, _ today: Day?) -> DateValue {
    guard let today else { return .unknown }
    let saturday = today.adding(days: 6 - today.weekday + 7 * step)
    return .interval(saturday, saturday.adding(days: 1))
  }

  // MARK: without a year

  /// The day of the year that makes it nearest to today; of two as near, the coming one.
  static func nearest(month: Int, day: Int, _ today: Day?) -> DateValue {
    guard let today else { return .unknown }
    // Up to eight years lie between two leap days.
    let reach = month == 2 && day == 29 ? 8 : 1
    return DateValue(nearest(to: today, (-reach...reach).map { Day(year: today.year + $0, month: month, day: day) }))
  }

  /// The whole month nearest to today.
  static func nearest(month: Int, _ today: Day?) -> DateValue {
    guard let today, let first = nearest(to: today, (-1...1).map { Day(year: today.year + $0, month: month, day: 1) }) else {
      return .unknown
    }
    return .interval(first, first.lastOfMonth)
  }

  /// 12号: the day of the month that makes it nearest to today.
  static func nearest(day: Int, _ today: Day?) -> DateValue {
    guard let today else { return .unknown }
    let months = (-2...2).map { today.firstOfMonth.adding(months: $0) }
    return DateValue(nearest(to: today, months.map { Day(year: $0.year, month: $0.month, day: day) }))
  }

  private static func nearest(to today: Day, _ days: [Day?]) -> Day? {
    let count = today.daysSinceEpoch
    return days.compactMap(\.self).min { a, b in
      (abs(a.daysSinceEpoch - count), -a.daysSinceEpoch) < (abs(b.daysSinceEpoch - count), -b.daysSinceEpoch)
    }
  }

  static func month(_ month: Int, of year: Int) -> DateValue {
    Day(year: year, month: month, day: 1).map { .interval($0, $0.lastOfMonth) } ?? .unknown
  }
}
