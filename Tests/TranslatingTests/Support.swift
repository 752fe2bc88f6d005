import ContextLoading
import Diagnostics
import FileTree
import Testing

@testable import Translating

/// A base and its translation, in memory.
struct Pair {
  var base: String
  var translation: String
  var path = "rules/x.md"
  var translationPath = "rules/x.es.md"

  /// As the loader has them.
  func loaded() throws -> LoadedTranslation {
    var findings: [Diagnostic] = []
    let loaded = try load([path: base, translationPath: translation], &findings)
    #expect(findings.filter { $0.severity == .error } == [])
    return try #require(loaded.translations.first)
  }

  func status() throws -> TranslationStatus { TranslationStatus(of: try loaded()) }

  /// The pair after everything, or what those keys stand for, is recorded.
  func recorded(_ keys: Set<String>? = nil) throws -> Pair {
    var out = self
    out.translation = String(decoding: try status().recording(keys).bytes, as: UTF8.self)
    return out
  }

  /// `line:column id` of each finding.
  func findings() throws -> [String] {
    try status().findings.map { finding in
      [finding.place?.line, finding.place?.column].compactMap { $0.map { "\($0):" } }.joined() + " " + finding.id
    }
  }
}

func load(_ files: [String: String], _ findings: inout [Diagnostic]) throws -> LoadedSource {
  var nodes: [TreePath: MemoryTree.Node] = [:]
  for (name, text) in files { nodes[try #require(TreePath(name))] = MemoryTree.Node(bytes: Array(text.utf8)) }
  return try ContextLoader(tree: MemoryTree(nodes), shownAs: "", platformIDs: [:]).load(diagnostics: &findings)
}

extension TranslationStatus {
  /// The keys of the sections that do not follow today's version.
  var keysBehind: [String] { behind.map(\.key) }
}
