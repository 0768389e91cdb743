/// Words that say nothing of what is looked for: articles, pronouns, auxiliaries, and how people ask a shop for things.
package enum StopWords {
  package static func contains(_ word: String) -> Bool { words.contains(word) }

  private static let words: Set<String> = Set(
    """
    a an the this that these those it its one ones some any something anything stuff thing things item items product products
    i i'm im i'd id i've me my we us our you your u he she they them his her their mine yours
    am is are was were be been being do does did don't doesnt doesn't have has had having got get gotta can could cant can't will would
    should may might must shall wont won't
    and or but so if then than as of to in on at by for from with without about into over under up out off per via plus vs versus
    what which who whom whose where when why how there here not no nor yes ok okay please pls plz thanks thank hi hello hey
    want wanna need needs needed like looking look find search searching show see tell give buy buying purchase order ordering sell sells
    selling offer offers carry stock available availability recommend recommendation recommendations suggest suggestion suggestions advice
    idea ideas know think really very just also too only maybe kind sort type types good nice great best better cheap cheaper cheapest
    affordable expensive price prices priced cost costs much many more most less least rated rating stars star work works working goes go
    someone anyone somebody people person birthday gift present shop store other others another else similar compare comparison difference
    between both budget around dollars dollar usd bucks euro euros cheapish within below above max maximum min minimum
    我 我们 你 你们 您 他 她 它 的 了 吗 呢 吧 啊 呀 哦 嘛 是 有 没有 有没有 在 和 与 跟 或 或者 还是 不 不要 别 也 都 就 还 再 很 太 最 比较 更 这 那 这个 那个 这款
    那款 这些 那些 一个 一款 一些 一件 一下 一点 几个 什么 哪个 哪些 哪款 哪 怎么 怎样 怎么样 多少 多少钱 钱 价格 价钱 便宜 贵 预算 以内 以下 以上 左右 之间 元 块 块钱 美元
    超过 低于 高于 不低于 不超过
    想 想要 要 需要 买 购买 找 找找 看 看看 看一看 推荐 推荐一下 介绍 请 请问 麻烦 帮 帮我 给 给我 能 可以 能不能 可不可以 卖 卖不卖 店里 你家 你们家 东西 商品 产品 款 种 类 个 件 现货 库存 有货 好 好的 好点
    点 说 说说 点东西 还有 不错 感觉 喜欢 特别 想找 帮忙 随便 适合 用 送 送人 送给 礼物 朋友 比 对比 区别 差别 评分 星 同款 类似 相似 其他 别的 另外
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
