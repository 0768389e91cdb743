/// The English words the recognisers know, and the codes and units written in Latin letters.
enum EnglishLexicon {
  /// What a word of lower-case ASCII letters means.
  static func word(_ letters: ArraySlice<UInt32>) -> Word {
    guard let key = key(letters) else { return .none }
    return words[key] ?? .none
  }

  /// Up to twelve letters as one number, five bits each: a look-up hashes eight bytes and makes no string.
  private static func key(_ letters: some Collection<UInt32>) -> UInt64? {
    guard letters.count <= 12 else { return nil }
    var key: UInt64 = 0
    for letter in letters {
      guard FoldedText.isLetter(letter) else { return nil }
      key = key << 5 | UInt64(letter - 0x60)
    }
    return key
  }

  private static let words: [UInt64: Word] = {
    var words: [UInt64: Word] = [:]
    for (word, spellings) in numbers + money + comparisons + times + names {
      for spelling in spellings.split(separator: " ") {
        if let key = key(spelling.unicodeScalars.map(\.value)) { words[key] = word }
      }
    }
    return words
  }()

  private static let numbers: [(Word, String)] =
    [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ].enumerated().map { (.cardinal($0.offset), $0.element) }
    + ["twenty", "thirty", "forty fourty", "fifty", "sixty", "seventy", "eighty", "ninety"].enumerated().map {
      (.cardinal(($0.offset + 2) * 10), $0.element)
    }
    + [
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
      "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ].enumerated().map { (.ordinal($0.offset + 1), $0.element) }
    + [
      (.ordinal(30), "thirtieth"), (.scale(100), "hundred"), (.scale(1000), "thousand"), (.dozen, "dozen"),
      (.couple, "couple"), (.half, "half"), (.article, "a an"), (.number, "number"), (.ordinalEnding, "st nd rd th"),
    ]

  private static let money: [(Word, String)] = [
    (.currency(.usd), "dollar dollars buck bucks usd"), (.currency(.eur), "euro euros eur"),
    (.currency(.gbp), "pound pounds quid gbp"), (.currency(.cny), "yuan rmb cny kuai renminbi"),
    (.currency(.inr), "rupee rupees rs inr"), (.currency(.jpy), "yen jpy"), (.currency(.hkd), "hkd"),
    (.currency(.twd), "twd ntd"), (.currency(.cad), "cad"), (.currency(.aud), "aud"),
    (.dollarCountry(.usd), "us"), (.dollarCountry(.hkd), "hk"), (.dollarCountry(.twd), "nt"), (.dollarCountry(.cad), "c ca"),
    (.dollarCountry(.aud), "au"), (.minorCurrency(.usd), "cents"), (.minorCurrency(.gbp), "pence p"), (.cent, "cent"),
    (.percent, "percent pct"),
    (.per, "per"),
    (.priceWord, "price prices priced pricing cost costs budget budgets spend cheaper pricey expensive"),
  ]

  private static let comparisons: [(Word, String)] = [
    (.atMost, "under below beneath"), (.atLeast, "over above exceeding"), (.orLess, "max maximum"), (.orMore, "minimum"),
    (.less, "less cheaper fewer lower most"), (.more, "more least higher greater"), (.no, "no not"), (.than, "than"),
    (.at, "at"),
    (.up, "up"), (.to, "to till until through thru"), (.from, "from"), (.between, "between"), (.and, "and"), (.or, "or"),
    (.around, "around roughly circa"),
  ]

  private static let times: [(Word, String)] =
    [
      (.unit(.second), "seconds sec secs"), (.unit(.minute), "minute minutes min mins"), (.unit(.hour), "hour hours hr hrs h"),
      (.unit(.day), "day days"), (.unit(.week), "week weeks wk wks"), (.unit(.month), "month months"),
      (.unit(.year), "year years yr yrs"), (.business, "business working work calendar"), (.weekend, "weekend"),
      (.day(0), "today tonight"), (.day(1), "tomorrow tmr tmrw tomorow tommorow tommorrow"), (.day(-1), "yesterday"),
      (.step(1), "next"), (.step(-1), "last"), (.step(0), "this"), (.on, "on"), (.of, "of"), (.by, "by since"), (.the, "the"),
      (.ago, "ago"), (.later, "later"), (.hence, "in"), (.within, "within"),
      (.lasting, "for takes take took about lasts"), (.before, "before"), (.after, "after"), (.now, "now"),
      (.namedDay, "black cyber good casual"),
    ]
    + ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].enumerated().map {
      (.weekday($0.offset + 1, isShort: false), $0.element)
    }
    + ["mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"].enumerated().map {
      (.weekday($0.offset + 1, isShort: true), $0.element)
    }
    + [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ].enumerated().map { (.month($0.offset + 1, isShort: false), $0.element) }
    + ["jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"].enumerated().map {
      (.month($0.offset + 1, isShort: true), $0.element)
    }

  private static let names: [(Word, String)] = [
    (.size, "size sizes sz"), (.measureUnit(.inch), "inch inches"), (.measureUnit(.ft), "ft feet"),
    (.measureUnit(.ml), "ml millilitre millilitres milliliter milliliters"),
    (.measureUnit(.litre), "l litre litres liter liters"),
    (.measureUnit(.g), "g gram grams"), (.measureUnit(.kg), "kg kgs kilo kilos kilogram kilograms"),
    (.measureUnit(.oz), "oz ounce ounces"), (.measureUnit(.cm), "cm centimetre centimetres centimeters"),
    (.measureUnit(.mm), "mm millimetre millimetres millimeters"), (.measureUnit(.megabyte), "mb"),
    (.measureUnit(.gigabyte), "gb gig gigs gigabytes"), (.measureUnit(.terabyte), "tb terabyte terabytes"),
    (.telephone, "phone mobile cell call tel telephone whatsapp"),
    (
      .productLine,
      "iphone ipad galaxy pixel model version windows macbook airpods watch series gen redmi xiaomi huawei oneplus kindle "
        + "playstation ps xbox mark chapter ios android mate nova"
    ),
    (.fixedExpression, "name names time times class hand party aid thought thoughts question"),
  ]
}
