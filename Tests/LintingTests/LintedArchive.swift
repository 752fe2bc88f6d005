import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Linting
import Platforms
import TestSupport
import YAML

/// What lint says of a tree in memory that lies in the folder `.aiwg` of a repository.
struct LintedArchive {
  let findings: [LintFinding]
  private let artifacts: [Artifact]

  /// As `init(tree:)`, with the tree as an archive.
  init(
    _ archive: String, platforms: [String] = ["claude-code", "codex"], files: [String: String]? = [:], outputs: [String: String] = [:]
  ) throws {
    try self.init(tree: Txtar(archive).tree, platforms: platforms, files: files, outputs: outputs)
  }

  /// - Parameters:
  ///   - files: by path, what else the repository holds; nil when the tree is about no repository.
  init(
    tree: any ReadableTree, platforms: [String] = ["claude-code", "codex"], files: [String: String]? = [:], outputs: [String: String] = [:]
  ) throws {
    let catalog = try shippedCatalog()
    var diagnostics: [Diagnostic] = []
    let loader = ContextLoader(tree: tree, shownAs: ".aiwg/", platformIDs: catalog.ids, locale: nil)
    let artifacts = try loader.load(diagnostics: &diagnostics).artifacts.map { artifact in
      var artifact = artifact
      artifact.repositoryPath = TreePath(".aiwg/" + artifact.path.text)
      return artifact
    }
    self.artifacts = artifacts
    let joined = ContextTree(joining: [artifacts]).parted().0
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for (path, text) in (files ?? [:]).merging(outputs, uniquingKeysWith: { $1 }) {
      nodes[TreePath(path) ?? TreePath(known: "none")] = MemoryTree.Node(bytes: Array(text.utf8))
    }
    let repository = LintedRepository(
      files: files?.keys.compactMap { TreePath($0) }.sorted(), outputs: outputs.keys.compactMap { TreePath($0) }.sorted(), tree: MemoryTree(nodes),
      shownAs: "")
    let input = LintInput(
      artifacts: artifacts, references: Renderer(of: joined, in: catalog, lanes: OneLane()).references,
      platforms: platforms.compactMap(catalog.platform), catalog: catalog, repository: repository)
    var found = withFixes(diagnostics.filter { $0.severity != .note }, of: artifacts) + lint(input, lanes: OneLane())
    var exceptions = LintExceptions(of: artifacts)
    exceptions.apply(to: &found)
    findings = found + exceptions.findings
  }

  /// What counts of one kind: place and message.
  func lines(_ id: String) -> [String] {
    findings.filter { $0.diagnostic.id == id && $0.exception == nil }.map { finding in
      let place = finding.diagnostic.place
      return "\(place?.path ?? "-"):\(place?.line ?? 0):\(place?.column ?? 0): \(finding.diagnostic.message)"
    }
  }

  func helps(_ id: String) -> [String] { findings.filter { $0.diagnostic.id == id }.map { $0.diagnostic.help ?? "-" } }

  /// The text of a file after the fixes of one kind.
  func fixed(_ id: String, _ path: String) -> String? {
    guard let artifact = artifacts.first(where: { $0.text.path == path }) else { return nil }
    let edits = findings.filter { $0.diagnostic.id == id && $0.diagnostic.place?.path == path }.map(\.fix)
    // Those of one place may be the same; each is a whole.
    let all = edits.reduce(into: [[ByteEdit]]()) { if !$0.contains($1) { $0.append($1) } }.joined().sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
    return String(decoding: all.applied(to: artifact.text.bytes), as: UTF8.self)
  }

  /// By path in the tree: the files that change when everything is put right that can be at once.
  var repaired: [TreePath: [UInt8]] {
    var changed: [TreePath: [UInt8]] = [:]
    for artifact in artifacts {
      var edits: [ByteEdit] = []
      for finding in findings where finding.exception == nil && finding.diagnostic.place?.path == artifact.text.path {
        let isFree = finding.fix.allSatisfy { new in
          edits.allSatisfy { $0.range.upperBound < new.range.lowerBound || $0.range.lowerBound > new.range.upperBound }
        }
        if isFree { edits += finding.fix }
      }
      guard !edits.isEmpty else { continue }
      changed[artifact.path] = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }.applied(to: artifact.text.bytes)
    }
    return changed
  }
}
