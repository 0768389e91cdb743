/// What `PatternEntities` finds in which text on Thursday, 19 November 2026, and what it leaves alone.
enum PatternEntityRows {
  /// A text and the type, value and text of each entity in it.
  typealias Row = (text: String, entities: [(type: String, value: String, text: String)])

  static let phones: [Row] = [
    ("+1 (415) 555-0132", [("phone", "+14155550132", "+1 (415) 555-0132")]),
    ("415-555-0132", [("phone", "4155550132", "415-555-0132")]),
    ("call 415-555-0132 10 times", [("phone", "4155550132", "415-555-0132"), ("number", "10", "10")]),
    ("(415) 555-0132", [("phone", "4155550132", "(415) 555-0132")]),
    ("415.555.0132", [("phone", "4155550132", "415.555.0132")]),
    ("1-800-555-0199", [("phone", "18005550199", "1-800-555-0199")]),
    ("13812345678", [("phone", "13812345678", "13812345678")]),
    ("138-1234-5678", [("phone", "13812345678", "138-1234-5678")]),
    ("打138 1234 5678给我", [("phone", "13812345678", "138 1234 5678")]),
    ("+86 138 1234 5678", [("phone", "+8613812345678", "+86 138 1234 5678")]),
    ("+8613812345678", [("phone", "+8613812345678", "+8613812345678")]),
    ("010-62345678", [("phone", "01062345678", "010-62345678")]),
    ("0044 20 7946 0958", [("phone", "00442079460958", "0044 20 7946 0958")]),
    ("+44 20 7946 0958 please", [("phone", "+442079460958", "+44 20 7946 0958")]),
    ("(020) 7946 0958", [("phone", "02079460958", "(020) 7946 0958")]),
    ("电话01062345678", [("phone", "01062345678", "01062345678")]),
    ("my mobile: 07700 900123", [("phone", "07700900123", "07700 900123")]),
    ("my phone is 4155550132", [("phone", "4155550132", "4155550132")]),
    ("400-820-8820", [("phone", "4008208820", "400-820-8820")]),
    ("７946095 and 2378156", [("order_id", "7946095", "７946095"), ("order_id", "2378156", "2378156")]),
    ("23781567890", []), ("555-0132", []), ("#13812345678", [("order_id", "13812345678", "#13812345678")]),
    ("2026-11-12 13:45", [("date", "2026-11-12", "2026-11-12")]), ("x13812345678", []),
  ]

  static let numbersInWords: [Row] = [
    ("1,200 and 2.5", [("number", "1200", "1,200"), ("number", "2.5", "2.5")]),
    ("1,00,000", [("number", "100000", "1,00,000")]),
    (
      "two, twenty-five, a hundred and twenty",
      [("number", "2", "two"), ("number", "25", "twenty-five"), ("number", "120", "a hundred and twenty")]
    ),
    ("a dozen eggs, half a dozen more", [("number", "12", "a dozen"), ("number", "6", "half a dozen")]),
    ("a couple of shirts", [("number", "2", "a couple of")]),
    (
      "three hundred forty-two thousand five hundred and six",
      [("number", "342506", "three hundred forty-two thousand five hundred and six")]
    ),
    (
      "nine hundred ninety-nine thousand nine hundred ninety-nine",
      [("number", "999999", "nine hundred ninety-nine thousand nine hundred ninety-nine")]
    ),
    ("two thousand five hundred", [("number", "2500", "two thousand five hundred")]),
    ("three dozen", [("number", "36", "three dozen")]), ("twenty-first", [("number", "21", "twenty-first")]),
    ("3rd", [("number", "3", "3rd")]), ("the 2nd order", [("number", "2", "2nd")]),
    ("zero", [("number", "0", "zero")]), ("两个 一百二十个", [("number", "2", "两"), ("number", "120", "一百二十")]),
    (
      "一万三 三十五 俩 半打 两打",
      [
        ("number", "13000", "一万三"), ("number", "35", "三十五"), ("number", "2", "俩"), ("number", "6", "半打"),
        ("number", "24", "两打"),
      ]
    ),
    ("一百零三件", [("number", "103", "一百零三")]), ("一千二百", [("number", "1200", "一千二百")]),
    ("一亿三千万", [("number", "130000000", "一亿三千万")]), ("1.5万", [("number", "15000", "1.5万")]),
    ("3千5", [("number", "3500", "3千5")]), ("第十二个", [("number", "12", "第十二")]), ("第三单", [("number", "3", "第三")]),
    ("第3个", [("number", "3", "第3")]), ("第2单", [("number", "2", "第2")]), ("我要三个", [("number", "3", "三")]),
    ("我选二吧", [("number", "2", "二")]), ("选三", [("number", "3", "三")]), ("退三件", [("number", "3", "三")]),
    ("兩個", [("number", "2", "兩")]), ("要2个，谢谢", [("number", "2", "2")]),
    ("2-3 items", [("number", "2", "2"), ("number", "3", "3")]), ("I want 2 个 please", [("number", "2", "2")]),
    ("一个", [("number", "1", "一")]), ("１２", [("number", "12", "１２")]),
  ]

  static let nearMissesOfNumbers: [Row] = [
    ("the last one", []), ("最后一个", []), ("一下", []), ("一直一起一样", []), ("万一不合适", []), ("三星手机", []), ("五星好评", []),
    ("八折叠伞", []), ("初三", []), ("千万不要", []), ("十几个", []), ("几十个", []), ("咱俩", []), ("I have a second question", []),
    ("a third party", []), ("my first name", []), ("at first", []), ("first of all", []), ("iphone 15", []),
    ("model x200", []), ("24/7", []), ("covid-19", []), ("10:30", []), ("v1.2.3", []), ("1.2.3.4", []),
    ("W1A 1AA", [("postcode", "W1A 1AA", "W1A 1AA")]), ("7-eleven", []), ("555-0132", []), ("1/2", []),
    ("wait a second", []), ("no one", []), ("100000000000000000000", []),
  ]

  static let money: [Row] = [
    ("$50", [("money", "50 USD", "$50")]), ("$1,299.00", [("money", "1299 USD", "$1,299.00")]),
    ("50 dollars", [("money", "50 USD", "50 dollars")]), ("50$", [("money", "50 USD", "50$")]),
    ("fifty bucks", [("money", "50 USD", "fifty bucks")]), ("USD 49.99", [("money", "49.99 USD", "USD 49.99")]),
    ("49.99 usd", [("money", "49.99 USD", "49.99 usd")]), ("€20", [("money", "20 EUR", "€20")]),
    ("20 euros", [("money", "20 EUR", "20 euros")]), ("£5", [("money", "5 GBP", "£5")]),
    ("50 quid", [("money", "50 GBP", "50 quid")]), ("99p", [("money", "0.99 GBP", "99p")]),
    ("50 pence", [("money", "0.5 GBP", "50 pence")]), ("25 cents", [("money", "0.25 USD", "25 cents")]),
    ("a hundred dollars", [("money", "100 USD", "a hundred dollars")]), ("US$ 20", [("money", "20 USD", "US$ 20")]),
    ("A$30 and C$20", [("money", "30 AUD", "A$30"), ("money", "20 CAD", "C$20")]),
    ("HK$30", [("money", "30 HKD", "HK$30")]), ("500元", [("money", "500 CNY", "500元")]),
    ("五百块", [("money", "500 CNY", "五百块")]), ("￥199", [("money", "199 CNY", "￥199")]),
    ("¥199元", [("money", "199 CNY", "¥199元")]), ("199 RMB", [("money", "199 CNY", "199 RMB")]),
    ("二十五块五", [("money", "25.5 CNY", "二十五块五")]), ("25块50", [("money", "25.5 CNY", "25块50")]),
    ("3块2毛", [("money", "3.2 CNY", "3块2毛")]), ("一块五", [("money", "1.5 CNY", "一块五")]),
    ("五毛", [("money", "0.5 CNY", "五毛")]), ("1.5万元", [("money", "15000 CNY", "1.5万元")]),
    ("一千二百元的鞋", [("money", "1200 CNY", "一千二百元")]), ("500块钱", [("money", "500 CNY", "500块钱")]),
    ("人民币500", [("money", "500 CNY", "人民币500")]), ("港币300", [("money", "300 HKD", "港币300")]),
    ("300美元", [("money", "300 USD", "300美元")]), ("两塊", [("money", "2 CNY", "两塊")]),
    ("rs 500", [("money", "500 INR", "rs 500")]), ("Rs. 500", [("money", "500 INR", "Rs. 500")]),
    ("₹500", [("money", "500 INR", "₹500")]),
    ("₹500 Rs. 600", [("money", "500 INR", "₹500"), ("money", "600 INR", "Rs. 600")]),
    ("199元/件", [("money", "199 CNY", "199元")]), ("how much is 50 USD in rmb", [("money", "50 USD", "50 USD")]),
    ("＄５０", [("money", "50 USD", "＄５０")]), ("我要 $20 的那个", [("money", "20 USD", "$20")]),
  ]

  static let nearMissesOfMoney: [Row] = [
    ("5 pounds of coffee", [("number", "5", "5")]), ("720p", []), ("一块去", []), ("两块肥皂", [("number", "2", "两")]),
    ("几百块", []), ("十几块", []), ("二十多块", []), ("$", []), ("dollars", []), ("元旦", []), ("$5k", []),
  ]

  static let priceRanges: [Row] = [
    ("under $50", [("price_range", "..50 USD", "under $50")]),
    ("below 100 dollars", [("price_range", "..100 USD", "below 100 dollars")]),
    ("less than 30 bucks", [("price_range", "..30 USD", "less than 30 bucks")]),
    ("up to £20", [("price_range", "..20 GBP", "up to £20")]),
    ("at most $30", [("price_range", "..30 USD", "at most $30")]),
    ("no more than $25.50", [("price_range", "..25.5 USD", "no more than $25.50")]),
    ("not over 50 dollars", [("price_range", "..50 USD", "not over 50 dollars")]),
    ("cheaper than $30", [("price_range", "..30 USD", "cheaper than $30")]),
    ("over $20", [("price_range", "20.. USD", "over $20")]),
    ("at least $20", [("price_range", "20.. USD", "at least $20")]),
    ("more than 20 euros", [("price_range", "20.. EUR", "more than 20 euros")]),
    ("no less than $20", [("price_range", "20.. USD", "no less than $20")]),
    ("from $20 to $40", [("price_range", "20..40 USD", "from $20 to $40")]),
    ("from $40 to $20", [("price_range", "20..40 USD", "from $40 to $20")]),
    ("between 20 and 40 dollars", [("price_range", "20..40 USD", "between 20 and 40 dollars")]),
    ("between $20 and $40", [("price_range", "20..40 USD", "between $20 and $40")]),
    ("my budget is between 20 and 40", [("price_range", "20..40", "between 20 and 40")]),
    ("$20-$40", [("price_range", "20..40 USD", "$20-$40")]), ("$20-40", [("price_range", "20..40 USD", "$20-40")]),
    ("20 to 40 dollars", [("price_range", "20..40 USD", "20 to 40 dollars")]),
    (
      "between a hundred and two hundred dollars",
      [("price_range", "100..200 USD", "between a hundred and two hundred dollars")]
    ),
    ("the price should be at most 80", [("price_range", "..80", "at most 80")]),
    ("budget 300-500", [("price_range", "300..500", "300-500")]),
    ("$50 or less", [("price_range", "..50 USD", "$50 or less")]),
    ("$50 and up", [("price_range", "50.. USD", "$50 and up")]),
    ("max $50", [("price_range", "..50 USD", "max $50")]),
    ("around $300", [("price_range", "240..360 USD", "around $300")]),
    ("500元以下", [("price_range", "..500 CNY", "500元以下")]), ("500元以上", [("price_range", "500.. CNY", "500元以上")]),
    ("100到200块", [("price_range", "100..200 CNY", "100到200块")]),
    ("100-200元之间", [("price_range", "100..200 CNY", "100-200元之间")]),
    ("价格在200和300之间", [("price_range", "200..300", "200和300之间")]),
    ("预算500到800", [("price_range", "500..800", "500到800")]), ("不超过300元", [("price_range", "..300 CNY", "不超过300元")]),
    ("最多500块", [("price_range", "..500 CNY", "最多500块")]), ("至少一百块", [("price_range", "100.. CNY", "至少一百块")]),
    ("两百以内", [("price_range", "..200", "两百以内")]), ("五百以内的外套", [("price_range", "..500", "五百以内")]),
    ("300元左右", [("price_range", "240..360 CNY", "300元左右")]),
    ("有没有300块左右的跑鞋", [("price_range", "240..360 CNY", "300块左右")]),
    ("一千块以內", [("price_range", "..1000 CNY", "一千块以內")]), ("ｕｎｄｅｒ　＄５０", [("price_range", "..50 USD", "ｕｎｄｅｒ　＄５０")]),
    ("想要 under 300 元 的", [("price_range", "..300 CNY", "under 300 元")]),
  ]

  static let nearMissesOfPriceRanges: [Row] = [
    ("under 50", [("number", "50", "50")]), ("at least 3 items", [("number", "3", "3")]),
    ("三个以内", [("number", "3", "三")]), ("5以内", [("number", "5", "5")]), ("3天以内", [("duration", "P3D", "3天")]),
    ("over 30 days", [("duration", "P30D", "30 days")]), ("up to 5", [("number", "5", "5")]),
    ("between 2 and 3 days", [("number", "2", "2"), ("duration", "P3D", "3 days")]),
    ("under 3 days, price $20", [("duration", "P3D", "3 days"), ("money", "20 USD", "$20")]),
  ]

  static let percentages: [Row] = [
    ("20%", [("percentage", "20", "20%")]), ("20 % off", [("percentage", "20", "20 %")]),
    ("12.5%", [("percentage", "12.5", "12.5%")]), ("20 percent", [("percentage", "20", "20 percent")]),
    ("twenty per cent", [("percentage", "20", "twenty per cent")]),
    ("save twenty-five percent", [("percentage", "25", "twenty-five percent")]),
    ("百分之二十", [("percentage", "20", "百分之二十")]), ("打八折", [("percentage", "20", "八折")]),
    ("8折", [("percentage", "20", "8折")]), ("7.5折", [("percentage", "25", "7.5折")]),
    ("八五折", [("percentage", "15", "八五折")]), ("五折", [("percentage", "50", "五折")]),
    ("１２．５％", [("percentage", "12.5", "１２．５％")]), ("100%", [("percentage", "100", "100%")]),
  ]

  static let nearMissesOfPercentages: [Row] = [
    ("八折叠伞", []), ("折扣", []), ("per cent", []), ("%", []), ("W20%", []), ("三成", []),
  ]

  static let dates: [Row] = [
    ("today", [("date", "2026-11-19", "today")]), ("tonight", [("date", "2026-11-19", "tonight")]),
    ("tomorrow", [("date", "2026-11-20", "tomorrow")]), ("yesterday", [("date", "2026-11-18", "yesterday")]),
    ("the day after tomorrow", [("date", "2026-11-21", "day after tomorrow")]),
    ("day before yesterday", [("date", "2026-11-17", "day before yesterday")]),
    ("next Friday", [("date", "2026-11-27", "next Friday")]),
    ("this friday", [("date", "2026-11-20", "this friday")]),
    ("last monday", [("date", "2026-11-16", "last monday")]),
    ("last thursday", [("date", "2026-11-12", "last thursday")]), ("on monday", [("date", "2026-11-23", "monday")]),
    ("on thursday", [("date", "2026-11-19", "thursday")]), ("deliver by sat", [("date", "2026-11-21", "sat")]),
    ("next week", [("date", "2026-11-23/2026-11-29", "next week")]),
    ("this week", [("date", "2026-11-16/2026-11-22", "this week")]),
    ("last month", [("date", "2026-10-01/2026-10-31", "last month")]),
    ("next year", [("date", "2027-01-01/2027-12-31", "next year")]),
    ("this weekend", [("date", "2026-11-21/2026-11-22", "this weekend")]),
    ("in 3 days", [("date", "2026-11-22", "in 3 days")]), ("in a week", [("date", "2026-11-26", "in a week")]),
    ("two weeks ago", [("date", "2026-11-05", "two weeks ago")]),
    ("a year ago", [("date", "2025-11-19", "a year ago")]),
    ("half a year ago", [("date", "2026-05-19", "half a year ago")]),
    ("3 days from now", [("date", "2026-11-22", "3 days from now")]),
    ("10 days later", [("date", "2026-11-29", "10 days later")]),
    ("a couple of weeks ago", [("date", "2026-11-05", "a couple of weeks ago")]),
    ("Nov 12", [("date", "2026-11-12", "Nov 12")]), ("nov. 12, 2026", [("date", "2026-11-12", "nov. 12, 2026")]),
    ("November 12th 2026", [("date", "2026-11-12", "November 12th 2026")]),
    ("December 25", [("date", "2026-12-25", "December 25")]), ("may 5", [("date", "2027-05-05", "may 5")]),
    ("12 November", [("date", "2026-11-12", "12 November")]),
    ("the 12th of November", [("date", "2026-11-12", "12th of November")]),
    ("3 Jan 2025", [("date", "2025-01-03", "3 Jan 2025")]),
    ("november 2026", [("date", "2026-11-01/2026-11-30", "november 2026")]),
    ("in november", [("date", "2026-11-01/2026-11-30", "november")]), ("feb 29", [("date", "2028-02-29", "feb 29")]),
    ("12/11", [("date", "2026-12-11", "12/11")]), ("13/11", [("date", "2026-11-13", "13/11")]),
    ("12/11/2026", [("date", "2026-12-11", "12/11/2026")]), ("31/12/2026", [("date", "2026-12-31", "31/12/2026")]),
    ("12/24/26", [("date", "2026-12-24", "12/24/26")]), ("12.11.2026", [("date", "2026-11-12", "12.11.2026")]),
    ("2026-11-12", [("date", "2026-11-12", "2026-11-12")]), ("2026/1/5", [("date", "2026-01-05", "2026/1/5")]),
    ("on 1/2", [("date", "2027-01-02", "1/2")]), ("今天", [("date", "2026-11-19", "今天")]),
    ("明天", [("date", "2026-11-20", "明天")]), ("后天", [("date", "2026-11-21", "后天")]),
    ("昨天", [("date", "2026-11-18", "昨天")]), ("前天", [("date", "2026-11-17", "前天")]),
    ("大后天", [("date", "2026-11-22", "大后天")]), ("今晚", [("date", "2026-11-19", "今晚")]),
    ("下周五", [("date", "2026-11-27", "下周五")]), ("下下周三", [("date", "2026-12-02", "下下周三")]),
    ("上周一", [("date", "2026-11-09", "上周一")]), ("周三", [("date", "2026-11-25", "周三")]),
    ("星期天", [("date", "2026-11-22", "星期天")]), ("礼拜三", [("date", "2026-11-25", "礼拜三")]),
    ("週五", [("date", "2026-11-20", "週五")]), ("这周五能到吗", [("date", "2026-11-20", "这周五")]),
    ("下个月", [("date", "2026-12-01/2026-12-31", "下个月")]), ("上个月", [("date", "2026-10-01/2026-10-31", "上个月")]),
    ("去年", [("date", "2025-01-01/2025-12-31", "去年")]), ("下周", [("date", "2026-11-23/2026-11-29", "下周")]),
    ("上星期", [("date", "2026-11-09/2026-11-15", "上星期")]), ("周末", [("date", "2026-11-21/2026-11-22", "周末")]),
    ("下周末", [("date", "2026-11-28/2026-11-29", "下周末")]), ("三天后", [("date", "2026-11-22", "三天后")]),
    ("三天以后", [("date", "2026-11-22", "三天以后")]), ("两周前", [("date", "2026-11-05", "两周前")]),
    ("半年前", [("date", "2026-05-19", "半年前")]), ("半个月前", [("date", "2026-11-04", "半个月前")]),
    ("3天前买的", [("date", "2026-11-16", "3天前")]),
    ("订单2378156三天前", [("order_id", "2378156", "2378156"), ("date", "2026-11-16", "三天前")]),
    ("11月12日", [("date", "2026-11-12", "11月12日")]), ("11月12号", [("date", "2026-11-12", "11月12号")]),
    ("2026年11月12日", [("date", "2026-11-12", "2026年11月12日")]),
    ("二〇二六年十一月十二日", [("date", "2026-11-12", "二〇二六年十一月十二日")]), ("十一月十二号", [("date", "2026-11-12", "十一月十二号")]),
    ("11月", [("date", "2026-11-01/2026-11-30", "11月")]),
    ("2026年11月", [("date", "2026-11-01/2026-11-30", "2026年11月")]),
    ("2026年", [("date", "2026-01-01/2026-12-31", "2026年")]), ("双11", [("date", "2026-11-11", "双11")]),
    ("双十一", [("date", "2026-11-11", "双十一")]), ("12号", [("date", "2026-11-12", "12号")]),
    ("二十号", [("date", "2026-11-20", "二十号")]), ("三天后天气", [("date", "2026-11-22", "三天后")]),
    ("我 3天前 ordered 的 and next week 要用", [("date", "2026-11-16", "3天前"), ("date", "2026-11-23/2026-11-29", "next week")]),
  ]

  static let nearMissesOfDates: [Row] = [
    ("may i return it", []), ("march alone", []), ("the sun is up", []), ("I sat down", []), ("black friday", []),
    ("feb 30", [("number", "30", "30")]), ("2026-02-30", []), ("2026-13-01", []), ("99/99", []), ("24/7", []),
    ("1/2", []), ("7 1/2", [("number", "7", "7")]), ("next day delivery", []), ("last order", []),
    ("in 2 hours", [("duration", "PT2H", "2 hours")]), ("3号线", [("number", "3", "3")]),
    ("1号店", [("number", "1", "1")]), ("38号", [("number", "38", "38")]),
    ("下周天气", [("date", "2026-11-23/2026-11-29", "下周")]), ("三周年店庆", []),
    ("999999 days ago", [("duration", "P999999D", "999999 days")]), ("99999999999999999999 days ago", []),
    ("第12号", [("number", "12", "第12")]), ("月饼", []),
  ]

  static let durations: [Row] = [
    ("for 3 days", [("duration", "P3D", "3 days")]), ("two weeks", [("duration", "P2W", "two weeks")]),
    ("three months", [("duration", "P3M", "three months")]),
    ("a couple of days", [("duration", "P2D", "a couple of days")]),
    ("half an hour", [("duration", "PT30M", "half an hour")]),
    ("an hour and a half", [("duration", "PT90M", "an hour and a half")]),
    ("two and a half hours", [("duration", "PT150M", "two and a half hours")]),
    ("24 hours", [("duration", "PT24H", "24 hours")]), ("24h", [("duration", "PT24H", "24h")]),
    ("7-day returns", [("duration", "P7D", "7-day")]),
    ("3-5 business days", [("duration", "P5D", "3-5 business days")]),
    ("from 5 to 7 days", [("duration", "P7D", "5 to 7 days")]), ("within 30 days", [("duration", "P30D", "30 days")]),
    ("for a week", [("duration", "P1W", "a week")]), ("it takes a month", [("duration", "P1M", "a month")]),
    ("one day", [("duration", "P1D", "one day")]), ("30 second video", [("duration", "PT30S", "30 second")]),
    ("fifteen minutes", [("duration", "PT15M", "fifteen minutes")]),
    ("2 years warranty", [("duration", "P2Y", "2 years")]), ("三天", [("duration", "P3D", "三天")]),
    ("两周", [("duration", "P2W", "两周")]), ("两个星期", [("duration", "P2W", "两个星期")]), ("半年", [("duration", "P6M", "半年")]),
    ("半小时", [("duration", "PT30M", "半小时")]), ("半天", [("duration", "PT12H", "半天")]),
    ("半个月", [("duration", "P15D", "半个月")]), ("一个半小时", [("duration", "PT90M", "一个半小时")]),
    ("两小时半", [("duration", "PT150M", "两小时半")]), ("一年半", [("duration", "P18M", "一年半")]),
    ("三个月", [("duration", "P3M", "三个月")]), ("7天无理由退货", [("duration", "P7D", "7天")]),
    ("十五分钟", [("duration", "PT15M", "十五分钟")]), ("三个钟头", [("duration", "PT3H", "三个钟头")]),
    ("48小时发货", [("duration", "PT48H", "48小时")]), ("3到5天", [("duration", "P5D", "3到5天")]),
    ("三到五个工作日", [("duration", "P5D", "三到五个工作日")]), ("3天内", [("duration", "P3D", "3天")]),
    ("in 2 hours", [("duration", "PT2H", "2 hours")]), ("in 3-5 days", [("duration", "P5D", "3-5 days")]),
  ]

  static let nearMissesOfDurations: [Row] = [
    ("twice a week", []), ("24 h", [("number", "24", "24")]), ("第三天", [("number", "3", "第三")]),
    ("3月", [("date", "2027-03-01/2027-03-31", "3月")]), ("三年级", []), ("三周年", []), ("几天", []), ("两三天", []),
    ("a second", []), ("days", []), ("W3 days", []), ("3rd week", [("number", "3", "3rd")]),
  ]

  static let sizes: [Row] = [
    ("size 42", [("size", "42", "size 42")]), ("Size: 9.5", [("size", "9.5", "Size: 9.5")]),
    ("42码", [("size", "42", "42码")]), ("36码的鞋", [("size", "36", "36码")]), ("尺码42", [("size", "42", "尺码42")]),
    ("27 inch", [("size", "27 inch", "27 inch")]), ("27寸", [("size", "27 inch", "27寸")]),
    ("6.1寸屏幕", [("size", "6.1 inch", "6.1寸")]), ("55\" tv", [("size", "55 inch", "55\"")]),
    ("500ml", [("size", "500 ml", "500ml")]), ("500 ml", [("size", "500 ml", "500 ml")]),
    ("300克", [("size", "300 g", "300克")]), ("2 kg", [("size", "2 kg", "2 kg")]), ("1TB", [("size", "1 TB", "1TB")]),
    ("128GB", [("size", "128 GB", "128GB")]), ("1.5L", [("size", "1.5 L", "1.5L")]),
    ("80cm", [("size", "80 cm", "80cm")]), ("27in", [("size", "27 inch", "27in")]),
    ("3.5mm jack", [("size", "3.5 mm", "3.5mm")]), ("5G手机", []), ("27 in stock", [("number", "27", "27")]),
    ("密码1234", [("number", "1234", "1234")]),
  ]

  static let catalogue: [Row] = [
    ("navy blue jacket in XL", [("color", "navy blue", "navy blue"), ("size", "XL", "XL")]),
    ("NAVY-BLUE", [("color", "navy blue", "NAVY-BLUE")]), ("navy", [("color", "navy blue", "navy")]),
    ("加大码的藏青色", [("size", "XL", "加大码"), ("color", "navy blue", "藏青色")]), ("红色的", [("color", "red", "红色")]),
    ("extra large", [("size", "XL", "extra large")]), ("ＸＬ", [("size", "XL", "ＸＬ")]), ("size M please", [("size", "M", "M")]),
    ("Size: L", [("size", "L", "L")]), ("do you have it in M size", [("size", "M", "M")]), ("M码", [("size", "M", "M")]),
    ("L号的红T恤", [("size", "L", "L"), ("color", "red", "红")]), ("s", [("size", "S", "s")]), ("M!", [("size", "M", "M")]),
    ("藍色的XL", [("color", "blue", "藍色"), ("size", "XL", "XL")]),
    (
      "两件XL红色T恤，大概200块以内",
      [("number", "2", "两"), ("size", "XL", "XL"), ("color", "red", "红色"), ("price_range", "..200 CNY", "200块以内")]
    ),
    ("reddish", []), ("smaller", []), ("the m and the s", []), ("it's mine", []), ("XLR", []), ("sizes", []),
    ("red\u{301}", []),
  ]
}
