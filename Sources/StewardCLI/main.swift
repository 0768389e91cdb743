import Corpus
import Foundation
import NLU
import Text
import Neural
let tok = try Tokenizer()
let args = Array(CommandLine.arguments.dropFirst())
let data = try TrainingData(paths: [args[0]])
let train: [Example], test: [Example]
if args.count > 1, !args[1].allSatisfy(\.isNumber) { train = data.examples; test = try TrainingData(paths: [args[1]]).examples }
else { let s = Split(data.examples, testShare: 0.2, language: { tok.utterance($0).language }, generator: { SplitMix64(seed: 7, name: $0) }); train = s.train; test = s.test }
print(train.count, test.count)
let t0 = Date()
let r = try IntentTrainer(epochs: args.count > 2 ? Int(args[2]) : nil, seed: 1, threads: 2).train(train, tokenizer: tok) { p in if p.training.fraction == 1 { print(p.pass, p.training.loss, p.training.accuracy, Date().timeIntervalSince(t0)) } }
let outs = IntentEvaluation(tokenizer: tok, classifier: r.classifier, threads: 2).outcomes(test)
let m = IntentMetrics(outs)
print("acc", m.accuracy, "macro", m.macroF1, "ece", m.ece, m.perLanguage, m.outOfScope as Any, r.classifier.calibration)
for (k, v) in m.perIntent.sorted(by: { $0.value.f1 < $1.value.f1 }).prefix(8) { print(k, v.f1, v.support) }
if args.contains("errors") { for o in outs where !o.example.isOutOfScope && o.prediction.ranking[0].name != o.example.intent { print(o.example.intent, "->", o.prediction.ranking[0].name, ":", o.example.text) } }
