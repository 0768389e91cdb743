/// What a word, a Chinese character or a sign means to the recognisers, in either language.
enum Word: Hashable, Sendable {
  case none

  // Numbers.
  case cardinal(Int)
  case scale(Int)
  case ordinal(Int)
  /// Goes before a numeral: 第.
  case ordinalSign
  /// `st`, `nd`, `rd`, `th` right after digits.
  case ordinalEnding
  case dozen, couple, half, article, number
  /// Counts things: 个, 件, 单.
  case measure
  /// Makes the numeral beside it vague: 几, 数, 多.
  case someMore

  // Money.
  case currency(Currency)
  /// Makes the dollar sign after it its own: US$, HK$.
  case dollarCountry(Currency)
  /// A hundredth: cent, pence.
  case minorCurrency(Currency)
  /// 毛, 角: a tenth.
  case dime
  /// 块: money, unless it counts pieces.
  case block
  /// 钱 after 块, 整 after 元.
  case moneyEnding
  /// Price, cost, budget, 价格, 预算.
  case priceWord
  case percent, per, cent, percentOf, discount

  // Comparison, before or after what is compared.
  case atMost, atLeast, less, more, no, than, at, up, to, from, between, and, or, dash, around, slash, point, colon
  case orLess, orMore, roughly, amid

  // Time.
  case unit(TimeUnit)
  /// Business, working: between a number and its days.
  case business
  case day(Int)
  case weekday(Int, isShort: Bool)
  /// 下周五: so many weeks on, that day of the week.
  case weekdayOf(week: Int, Int)
  case weekend
  case weekendOf(week: Int)
  /// 下个月, 明年, 下周: the span of days so many units on.
  case period(Int, TimeUnit)
  case month(Int, isShort: Bool)
  case monthSign, daySign
  /// 双 of 双11.
  case double
  /// Next, this, last: so many units on.
  case step(Int)
  case on, of, by, the, ago, later, hence, within, lasting, before, after, now

  // Measures and names.
  case size
  /// 码.
  case sizeUnit
  case measureUnit(MeasureUnit)
  case telephone
  /// A word whose number is part of a name: iphone 15, model 3.
  case productLine
  /// A word that an ordinal before it makes an expression: first name, second hand, third party.
  case fixedExpression
  /// Black Friday is no Friday.
  case namedDay

  /// Whether a text with this word can hold an entity that has no digit.
  var isTrigger: Bool {
    switch self {
    case .cardinal, .scale, .ordinal, .dozen, .couple, .half, .day, .weekday, .weekdayOf, .weekend, .weekendOf, .period, .month,
      .unit, .percentOf, .double:
      true
    default: false
    }
  }
}

/// What goods are measured in, under the name a size is given with.
enum MeasureUnit: String, Hashable, Sendable {
  case inch, ft, cm, mm, ml, g, kg, oz
  case litre = "L"
  case megabyte = "MB"
  case gigabyte = "GB"
  case terabyte = "TB"
}

/// Money by ISO 4217.
enum Currency: String, Hashable, Sendable {
  case usd = "USD"
  case eur = "EUR"
  case gbp = "GBP"
  case cny = "CNY"
  case inr = "INR"
  case jpy = "JPY"
  case hkd = "HKD"
  case twd = "TWD"
  case cad = "CAD"
  case aud = "AUD"
}

/// A length of time that people count in.
enum TimeUnit: Hashable, Sendable {
  case second, minute, hour, day, week, month, year

  /// The next smaller unit, and how many of them a half or a third of this one is counted in.
  var smaller: (count: Int, unit: TimeUnit)? {
    switch self {
    case .second: nil
    case .minute: (60, .second)
    case .hour: (60, .minute)
    case .day: (24, .hour)
    case .week: (7, .day)
    case .month: (30, .day)
    case .year: (12, .month)
    }
  }

  /// Whether a number of them leads to a day.
  var isWholeDays: Bool {
    switch self {
    case .second, .minute, .hour: false
    case .day, .week, .month, .year: true
    }
  }
}
