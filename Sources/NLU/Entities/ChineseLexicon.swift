/// The Chinese words the recognisers know. The longest that stands at a place is meant, so words that only hide another are listed too
/// (折叠 hides 折: 八折叠伞 is no discount).
enum ChineseLexicon {
  /// The longest known word of up to four characters at a place, and its length; nil where none begins.
  static func word(in text: FoldedText, at start: Int) -> (word: Word, count: Int)? {
    guard let longest = longestByFirst[text[start]] else { return nil }
    var keys: (UInt64, UInt64, UInt64, UInt64) = (UInt64(text[start]), 0, 0, 0)
    keys.1 = keys.0 << 16 | UInt64(text[start + 1] & 0xFFFF)
    keys.2 = keys.1 << 16 | UInt64(text[start + 2] & 0xFFFF)
    keys.3 = keys.2 << 16 | UInt64(text[start + 3] & 0xFFFF)
    if longest > 3, let word = words[keys.3] { return (word, 4) }
    if longest > 2, let word = words[keys.2] { return (word, 3) }
    if longest > 1, let word = words[keys.1] { return (word, 2) }
    return words[keys.0].map { ($0, 1) }
  }

  /// 1 for Monday to 7 for Sunday: the character after 周, 星期, 礼拜.
  static func weekday(_ scalar: UInt32) -> Int? {
    switch Unicode.Scalar(scalar) {
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "日", "天": 7
    default: nil
    }
  }

  /// Up to four characters of the basic plane as one number.
  private static let words: [UInt64: Word] = {
    var words: [UInt64: Word] = [:]
    for (word, spellings) in money + comparisons + times + weeks + names + hiding {
      for spelling in spellings.split(separator: " ") {
        words[spelling.unicodeScalars.reduce(0) { $0 << 16 | UInt64($1.value & 0xFFFF) }] = word
      }
    }
    return words
  }()

  private static let longestByFirst: [UInt32: Int] = {
    var longest: [UInt32: Int] = [:]
    for key in words.keys {
      let count = (64 - key.leadingZeroBitCount + 15) / 16
      let first = UInt32(truncatingIfNeeded: key >> (UInt64(count - 1) * 16))
      longest[first] = max(longest[first] ?? 0, count)
    }
    return longest
  }()

  private static let money: [(Word, String)] = [
    (.currency(.cny), "元 圆 人民币 块钱 元钱"), (.block, "块"), (.dime, "毛 角 毛钱"), (.moneyEnding, "整"),
    (.currency(.usd), "美元 美金 美刀"), (.currency(.eur), "欧元"), (.currency(.gbp), "英镑"), (.currency(.inr), "卢比"),
    (.currency(.jpy), "日元 日币"), (.currency(.hkd), "港币 港元"), (.currency(.twd), "台币 新台币"),
    (.currency(.cad), "加元 加币"), (.currency(.aud), "澳元 澳币"),
    (.priceWord, "价格 价位 价钱 预算 便宜 售价 单价 总价 价"), (.percentOf, "百分之"), (.discount, "折"),
  ]

  private static let comparisons: [(Word, String)] = [
    (.atMost, "不超过 不高于 不多于 不大于 最多 至多 最高 低于 少于 小于 不到"),
    (.atLeast, "至少 最少 最低 不低于 不少于 不小于 超过 高于 大于 多于"), (.orLess, "以下 以内 之内 之下 内"),
    (.orMore, "以上 之上"), (.roughly, "左右 上下"), (.to, "到 至"), (.from, "从"), (.and, "和 与"), (.amid, "之间"),
    (.someMore, "几 数 好几 多"),
  ]

  private static let times: [(Word, String)] = [
    (.unit(.second), "秒 秒钟"), (.unit(.minute), "分钟"), (.unit(.hour), "小时 钟头"), (.unit(.day), "天"),
    (.unit(.week), "周 星期 礼拜"), (.unit(.year), "年"), (.business, "工作日"), (.monthSign, "月 月份"), (.daySign, "日 号"),
    (.day(0), "今天 今日 今晚 今早 今儿"), (.day(1), "明天 明日 明晚 明早 明儿"), (.day(2), "后天"), (.day(3), "大后天"),
    (.day(-1), "昨天 昨日 昨晚 昨儿"), (.day(-2), "前天"), (.day(-3), "大前天"), (.period(1, .month), "下个月 下月"),
    (.period(-1, .month), "上个月 上月"), (.period(0, .month), "这个月 本月 当月"), (.period(1, .year), "明年"),
    (.period(-1, .year), "去年"), (.period(0, .year), "今年"), (.period(-2, .year), "前年"), (.period(2, .year), "后年"),
    (.weekend, "周末"), (.ago, "前 之前 以前"), (.later, "后 之后 以后"), (.double, "双"), (.half, "半"),
  ]

  /// 下周, 上个礼拜 and their kin. The day of the week after them is the lexer's to add.
  private static let weeks: [(Word, String)] = [
    (1, "下 下个"), (-1, "上 上个"), (0, "这 这个 本"), (2, "下下"), (-2, "上上"),
  ].flatMap { (step: Int, prefixes: String) in
    prefixes.split(separator: " ").flatMap { prefix in
      ["周", "星期", "礼拜"].map { (Word.period(step, .week), "\(prefix)\($0)") }
    }
  }

  private static let names: [(Word, String)] = [
    (.measure, "个 件 单 笔 只 条 套 盒 瓶 本 台 部 张 份 箱 包 袋 支 把 根 顶 副 对 款 样 次 名 位 株 棵 罐 桶 卷 片 粒 颗 枚 组 排 辆"),
    (.ordinalSign, "第"), (.cardinal(2), "俩"), (.cardinal(3), "仨"), (.dozen, "打"), (.size, "尺码 尺寸 码数 码号 鞋码 大小"),
    (.sizeUnit, "码"),
    (.measureUnit(.inch), "寸 英寸 吋"), (.measureUnit(.ml), "毫升"), (.measureUnit(.litre), "升"),
    (.measureUnit(.g), "克"), (.measureUnit(.kg), "千克 公斤"), (.measureUnit(.cm), "厘米 公分"), (.measureUnit(.mm), "毫米"),
    (.telephone, "电话 手机 手机号 联系方式 座机 热线"), (.double, "双"),
  ]

  private static let hiding: [(Word, String)] = [
    (
      .none,
      "咱俩 我俩 你俩 他俩 折叠 折扣 折腾 打开 打折 打包 打电话 打算 打听 打扰 打卡 打不开 打印 周年 周岁 周边 周到 周围 年级 年代 年份 年龄 年轻 元素 元旦 元宵 月饼 月经 日志 日用 日期 日常 "
        + "号码 号线 号店 号楼 号电池 号仓 号门 号柜 号馆 号机 号订单 号商品 号那 号这 号款 号套餐 号选项 号的鞋 克服 克隆 升级 升降 整个 整体 前台 前面 前后 后台 后面 后来 后悔 后续 内存 内容 "
        + "内部 内裤 内衣 条码 单子 角色 毛巾 毛衣 毛病 毛毯 毛绒 块头 数码 数量 数据 数字 多少 多久 多大 双方 双肩 天猫 天气 天然 天花 到底 到账 到货 到了 到哪 到达 到现在 从来 和平 半打开 "
        + "码头 把握 包裹 包装 包邮 本来 本人 对方 对不起 对吧 名字 位置 份子 张开 部分 条件 次品 样子 样品 款式 只有 只能 只要 只是"
    )
  ]
}
