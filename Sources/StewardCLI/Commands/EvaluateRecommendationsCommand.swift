import ArgumentParser
import Commerce
import Corpus
import Foundation
import Neural

struct EvaluateRecommendationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommendations",
    abstract: "Measure how well the next product, or a rating, is foretold.",
    discussion: """
      With --interactions and --test a recommender is trained on the one and ranks the choices of the other: customer TAB next product TAB
      other candidates with commas. The forms of --interactions are those of train. With --ratings (customer TAB product TAB rating TAB
      time) item-based prediction is cross-validated.

      EXAMPLES:
        steward evaluate recommendations --interactions train.tsv.gz --test valid.tsv
        steward evaluate recommendations --ratings ratings.tsv --folds 5 --json | jq .rmse
      """)

  @Option(help: "What customers did, to train on.")
  var interactions: String?
  @Option(help: "Choices to foretell.")
  var test: String?
  @Option(help: "Ratings to cross-validate on.")
  var ratings: String?
  @Option(help: "Parts that --ratings are cut into.")
  var folds = 5
  @Option(help: "Write the rank of each choice and the first ten to this file, as JSON Lines.")
  var predictions: String?
  @Option(help: "Fixes every chance.")
  var seed: UInt64 = 1
  @Option(help: "Threads to use (default: all processors).")
  var threads: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  private struct PredictionForm: Encodable {
    let customer: String
    let next: String
    let rank: Int
    let first: [String]
  }

  func validate() throws {
    if (ratings == nil) == (interactions == nil) || (interactions == nil) != (test == nil) {
      throw ValidationError("say --interactions TRAIN --test TEST, or --ratings FILE")
    }
    if !(2...100).contains(folds) { throw ValidationError("--folds wants a number from 2 to 100") }
  }

  func run() throws {
    let threads = threads ?? Parallel.processors
    var bar = ProgressBar()
    if let ratings {
      let list = try Rating.read(ratings)
      guard list.count >= folds else { throw Failure("\(ratings): \(list.count) ratings are too few for \(folds) parts") }
      let metrics = RatingMetrics(list, folds: folds, seed: seed, threads: threads) {
        bar.update(Double($0) / Double(folds), "part \($0 + 1)/\(folds)")
      }
      bar.end()
      Output.line(
        json
          ? try JSONForms.line(metrics)
          : "\(metrics.n) ratings in \(folds) parts\nRMSE    \(decimal(metrics.rmse, 4))\nMAE     \(decimal(metrics.mae, 4))")
      return
    }
    guard let interactions, let test else { return }
    let data = try Interactions(path: interactions)
    guard !data.isEmpty else { throw Failure("\(interactions): no interactions in it") }
    let choices = try RecommendationMetrics.Choice.read(test)
    guard !choices.isEmpty else { throw Failure("\(test): no choices in it") }
    let recommender = LearntRecommender(training: data, seed: seed, threads: threads) { bar.update($0, $1) }
    bar.end()
    let ranked = Parallel.map(choices.count, threads: threads) { RecommendationMetrics.rank(choices[$0], recommender) }
    if let predictions {
      let lines = try zip(choices, ranked).map {
        try JSONForms.line(PredictionForm(customer: $0.customer, next: $0.next, rank: $1.rank, first: $1.first)) + "\n"
      }
      try AtomicFile.write(Data(lines.joined().utf8), to: predictions)
    }
    let metrics = RecommendationMetrics(choices, ranked, recommender)
    if json {
      Output.line(try JSONForms.line(metrics))
      return
    }
    Output.line("\(metrics.n) choices: \(metrics.candidates)")
    for (name, value) in [
      ("HR@10", metrics.hitRate10), ("NDCG@10", metrics.ndcg10), ("MRR", metrics.mrr), ("coverage", metrics.coverage10),
    ] { Output.line(Table.left(name, 10) + "\(decimal(value * 100, 1))%") }
    Output.line(Table.left("novelty", 10) + "\(decimal(metrics.novelty10, 1)) bits")
  }
}
