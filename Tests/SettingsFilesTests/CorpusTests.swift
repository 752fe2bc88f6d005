import ContextModel
import Diagnostics
import FileTree
import Foundation
import JSON
import SettingsFiles
import TestSupport
import Testing

/// Real files of schemastore, which lies beside the checkout where there is one.
private let store = sharedDirectory("testdata/schemastore/src")

@Suite struct CorpusTests {
  /// Each shape in many styles, the same ones each time.
  private static let corpus: [LawCase] = [
    (SettingsSyntax.json, Shapes.json, 6), (.jsonc, Shapes.json, 8), (.toml, Shapes.toml, 12), (.yaml, Shapes.yaml, 12),
  ].flatMap { syntax, shapes, styles in
    shapes.indices.flatMap { shape in
      (0..<styles).map { style in
        let label = "\(syntax.rawValue), shape \(shape), style \(style)"
        return LawCase.written(Shapes.value(shapes[shape]), syntax, seed: UInt64(shape * 100 + style), label: label)
      }
    }
  }

  @Test func realShapesInAllStyles() {
    #expect(Self.corpus.count >= 200)
    var laws = Laws()
    for (number, each) in Self.corpus.enumerated() {
      var random = SeededGenerator(seed: UInt64(number))
      for _ in 0..<(isLawFull ? 20 : 3) { laws.hold(for: each, &random) }
    }
    print("\(Self.corpus.count) files of real shapes: \(laws.edits) edits; refused: \(laws.refusalSummary)")
    let holds = laws.problems.isEmpty
    #expect(holds, "\(laws.summary)")
  }

  @Test(.enabled(if: store != nil, "schemastore is not beside the checkout"))
  func realFiles() throws {
    let directory = try #require(store)
    let names = (FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []).sorted()
    var laws = Laws()
    var files = 0
    for name in names where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
      let bytes = [UInt8](FileManager.default.contents(atPath: directory + "/" + name) ?? Data())
      // Large ones are schemas, and take a while.
      guard isLawFull || bytes.count < 20_000 else { continue }
      for syntax in name.hasSuffix(".json") ? [SettingsSyntax.json, .jsonc, .yaml] : [.yaml] {
        guard let value = (try? SettingsFile(bytes, syntax: syntax, path: name))?.value(at: []) else {
          // JSON is YAML but for what libyaml and the limits of YAML files leave out.
          #expect(syntax == .yaml && name.hasSuffix(".json"), "\(name)")
          continue
        }
        files += 1
        var random = SeededGenerator(seed: UInt64(files))
        for _ in 0..<(isLawFull && bytes.count < 50_000 ? 8 : 2) {
          laws.hold(for: LawCase(bytes: bytes, syntax: syntax, value: value, label: "\(name) as \(syntax.rawValue)"), &random)
        }
      }
    }
    print("schemastore: \(files) files, \(laws.edits) edits; refused: \(laws.refusalSummary)")
    let holds = laws.problems.isEmpty
    #expect(holds, "\(laws.summary)")
  }
}
