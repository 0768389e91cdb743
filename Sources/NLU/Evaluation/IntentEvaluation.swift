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

  /// Texts that go through the network side by side.
  private static let batchSize = 128

  package init(tokenizer: Tokenizer, classifier: IntentClassifier, threads: Int) {
    self.tokenizer = tokenizer
    self.classifier = classifier
    self.threads = threads
  }

  /// In the order of the examples, whatever the number of threads.
  package func outcomes(_ examples: [Example]) -> [Outcome] {
    let patterns = PatternEntities()
    let batches = (examples.count + Self.batchSize - 1) / Self.batchSize
    return Parallel.map(batches, threads: threads) { batch in
      let part = examples[batch * Self.batchSize..<min((batch + 1) * Self.batchSize, examples.count)]
      let utterances = part.map { tokenizer.utterance($0.text) }
      let predictions = classifier.predict(
        zip(part, utterances).map { classifier.encoder.encode($1, patterns.entities(in: $1), after: $0.question?.kind) })
      return zip(part, zip(utterances, predictions)).map {
        Outcome(example: $0, language: $1.0.language, prediction: $1.1)
      }
    }.flatMap(\.self)
  }
}
