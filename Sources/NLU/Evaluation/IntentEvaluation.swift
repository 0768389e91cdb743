import Conversation
import Corpus
import Neural
import Text

/// Runs a classifier over labelled examples.
package struct IntentEvaluation: Sendable {
  /// An example and what the classifier made of it.
  package struct Outcome: Sendable {
    package let example: Example
    package let language: Language?
    package let prediction: IntentClassifier.Prediction

    package init(example: Example, language: Language?, prediction: IntentClassifier.Prediction) {
      self.example = example
      self.language = language
      self.prediction = prediction
    }
  }

  let tokenizer: Tokenizer
  let classifier: IntentClassifier
  let threads: Int

  package init(tokenizer: Tokenizer, classifier: IntentClassifier, threads: Int) {
    self.tokenizer = tokenizer
    self.classifier = classifier
    self.threads = threads
  }

  /// In the order of the examples, whatever the number of threads.
  package func outcomes(_ examples: [Example]) -> [Outcome] {
    let patterns = PatternEntities()
    return pieces(examples) { example in
      let utterance = tokenizer.utterance(example.text)
      let encoded = classifier.encoder.encode(utterance, patterns.entities(in: utterance))
      return Outcome(example: example, language: utterance.language, prediction: classifier.predict(encoded))
    }
  }

  /// logits[examples, classes]
  func logits(_ examples: [Example]) -> Matrix {
    let patterns = PatternEntities()
    let rows = pieces(examples) { example in
      let utterance = tokenizer.utterance(example.text)
      return classifier.network.logits([classifier.encoder.encode(utterance, patterns.entities(in: utterance))]).logits.values
    }
    return Matrix(rows: rows.count, columns: classifier.intents.count, rows.flatMap(\.self))
  }

  private func pieces<R: Sendable>(_ examples: [Example], _ body: @Sendable (Example) -> R) -> [R] {
    let size = 256
    let count = (examples.count + size - 1) / size
    return Parallel.map(count, threads: threads) { piece in
      examples[piece * size..<min((piece + 1) * size, examples.count)].map(body)
    }.flatMap(\.self)
  }
}
