// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors in our own code; dependencies keep their own settings.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let kernelFlags: [CSetting] = [
  // The float loops must be fast in every configuration, tests included.
  .unsafeFlags(["-O3", "-Werror", "-Wall"])
]

let package = Package(
  name: "steward",
  products: [.executable(name: "steward", targets: ["StewardCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    // A turn's values; everything speaks in them.
    .target(name: "Conversation", swiftSettings: strict),

    // Numbers. Knows no text and no shop.
    .target(name: "CKernels", cSettings: kernelFlags),
    .target(name: "Neural", dependencies: ["CKernels", "CZlib"], swiftSettings: strict),

    // Words. The only place that sees ICU.
    .target(
      name: "CText", cxxSettings: [.unsafeFlags(["-O2", "-Werror", "-Wall"])],
      linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .target(name: "Text", dependencies: ["CText", "Conversation"], swiftSettings: strict),

    // Training data in its formats.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Corpus", dependencies: ["CZlib", "Conversation", "Text", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),

    // The thesaurus of corpora/thesaurus, compiled in.
    .target(name: "CThesaurus", cSettings: [.unsafeFlags(["-std=c23", "-Werror", "-Wall"])]),

    // The three halls of the house: they never see each other.
    .target(
      name: "NLU", dependencies: ["CThesaurus", "CZlib", "Conversation", "Corpus", "Neural", "Text"], swiftSettings: strict),
    .target(name: "Dialogue", dependencies: ["Conversation", "Text"], swiftSettings: strict),
    .target(
      name: "Commerce",
      dependencies: [
        "Conversation", "Corpus", "Neural", "Text", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SwiftCSV", package: "SwiftCSV"), .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),

    // One turn put together.
    .target(
      name: "Agent",
      dependencies: [
        "Commerce", "Conversation", "Dialogue", "NLU", "Neural", "Text", .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),

    // The only place that prints.
    .target(name: "CLineEdit", linkerSettings: [.linkedLibrary("readline")]),
    .executableTarget(
      name: "StewardCLI",
      dependencies: [
        "Agent", "CLineEdit", "Commerce", "Conversation", "Corpus", "Dialogue", "NLU", "Neural", "Text",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["Neural"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "NeuralTests", dependencies: ["Neural", "TestSupport"], resources: [.copy("Golden")], swiftSettings: strict),
    .testTarget(
      name: "CorpusTests", dependencies: ["Conversation", "Corpus", "TestSupport", "Text"], swiftSettings: strict),
    .testTarget(
      name: "NLUTests", dependencies: ["Conversation", "Corpus", "NLU", "Neural", "TestSupport", "Text"],
      resources: [.copy("Golden")], swiftSettings: strict),
    .testTarget(
      name: "AgentTests",
      dependencies: ["Agent", "Commerce", "Conversation", "NLU", "Text", .product(name: "Logging", package: "swift-log")],
      resources: [.copy("Transcripts")], swiftSettings: strict),
    .testTarget(name: "StewardCLITests", dependencies: ["Commerce", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CommerceTests", dependencies: ["Commerce", "Conversation", "Corpus", "Neural", "TestSupport", "Text"],
      swiftSettings: strict),
    .testTarget(name: "DialogueTests", dependencies: ["Conversation", "Dialogue", "Text"], swiftSettings: strict),
    .testTarget(name: "TextTests", dependencies: ["Conversation", "Text"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
