import Conversation
import Corpus
import NLU
import Text

/// Puts together what a response selector learns from and what it will choose from.
struct SelectorTraining {
  let corpus: ConversationCorpus
  /// Examples of retrieval intents and the wordings that answer them, where intents are trained with it.
  let data: TrainingData?
  let seed: UInt64
  let threads: Int
  var epochs: Int?

  func run(_ tokenizer: Tokenizer, bar: inout ProgressBar) throws -> ResponseSelector {
    var trainer = ResponseTrainer(seed: seed, threads: threads)
    trainer.epochs = epochs
    var answers = corpus.passages.map { (question: $0.heading, reply: $0.text) }
    answers += corpus.questions.map { (question: $0.question, reply: $0.passage.text) }
    var askedIn: [Passage: Set<Language>] = [:]
    for (question, passage) in corpus.questions {
      if let language = tokenizer.utterance(question).language { askedIn[passage, default: []].insert(language) }
    }
    var replies = corpus.passages.map { passage in
      let language = tokenizer.utterance(passage.text).language
      let languages = askedIn[passage, default: []].union(language.map { [$0] } ?? [])
      return ResponseSelector.StoredReply(
        text: passage.text, source: "\(passage.file)#\(passage.heading)", heading: passage.heading, language: language,
        askedIn: languages.sorted { $0.rawValue < $1.rawValue })
    }
    for (question, key, answer) in retrieval(tokenizer) {
      answers.append((question, answer))
      replies.append(.init(text: answer, source: key))
    }
    replies += said(atMost: Self.greatestStore - replies.count)
    var seen = Set<String>()
    replies = replies.filter { seen.insert($0.text).inserted }
    return try trainer.train(
      conversations: corpus.transcripts.map(\.turns),
      answers: answers, replies: replies, tokenizer: tokenizer
    ) { bar.update($0.fraction, "replies: \($0.stage)  loss \(decimal($0.loss, 3))") }
  }

  /// Replies to choose from: more would make the file larger and choosing slower, and hold little that is not said already.
  private static let greatestStore = 10_000

  /// What agents said in the conversations, the most often said first.
  private func said(atMost count: Int) -> [ResponseSelector.StoredReply] {
    var times: [String: Int] = [:]
    var replies: [ResponseSelector.StoredReply] = []
    for transcript in corpus.transcripts {
      for turn in transcript.turns where turn.isAgent {
        if times[turn.text] == nil { replies.append(.init(text: turn.text, source: transcript.id)) }
        times[turn.text, default: 0] += 1
      }
    }
    let order = replies.indices.sorted { (times[replies[$1].text] ?? 0, $0) < (times[replies[$0].text] ?? 0, $1) }
    return order.prefix(max(0, count)).map { replies[$0] }
  }

  /// The examples of retrieval intents with the answer in their language. Wordings with places to fill in are no fixed answers.
  private func retrieval(_ tokenizer: Tokenizer) -> [(question: String, key: String, answer: String)] {
    guard let data else { return [] }
    return data.examples.compactMap { example in
      guard example.intent.hasPrefix("faq/"), example.question == nil else { return nil }
      let key = "utter_\(example.intent)"
      guard let template = data.script.responses[key]?.first,
        let text = template[tokenizer.utterance(example.text).language ?? .english], !text.contains("{")
      else { return nil }
      return (example.text, key, text)
    }
  }
}
