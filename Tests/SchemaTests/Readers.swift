import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Foundation
import Linting
import Platforms
import ProjectFile
import TestSupport

/// What the reader of a file says of documents: for each, its complaints.
enum Reader {
  static func complaints(about documents: [FieldValue], as schema: String) throws -> [[String]] {
    switch schema {
    case "aiwg.yaml", "aiwg.local.yaml", "platforms.yaml": try documents.map { try complaints(about: $0, as: schema) }
    default: try heads(documents, kind: schema)
    }
  }

  private static func complaints(about document: FieldValue, as schema: String) throws -> [String] {
    var diagnostics: [Diagnostic] = []
    let source = SourceText(path: schema, bytes: Array(document.json.utf8))
    switch schema {
    case "aiwg.yaml": _ = ProjectFile(source, diagnostics: &diagnostics)
    case "aiwg.local.yaml": _ = ProjectFile(overlay: source, diagnostics: &diagnostics)
    default: _ = decodePlatforms(source, diagnostics: &diagnostics)
    }
    return diagnostics.filter { $0.severity == .error }.map { "\($0.message) [\($0.id)]" }
  }

  /// As artifacts of one tree.
  private static func heads(_ documents: [FieldValue], kind folder: String) throws -> [[String]] {
    guard let kind = ArtifactKind(folder: folder) else { throw SetupError("no kind has the folder \(folder)") }
    guard kind != .permissions else { return try documents.flatMap { try tree([$0], kind) } }
    return try tree(documents, kind)
  }

  private static func tree(_ documents: [FieldValue], _ kind: ArtifactKind) throws -> [[String]] {
    var nodes: [TreePath: MemoryTree.Node] = [:]
    var numbers: [String: Int] = [:]
    for (number, document) in documents.enumerated() {
      let name = "x\(number)"
      let head = document.json.replacingOccurrences(of: "\"NAME\"", with: "\"\(name)\"")
      let isYAML = kind.isSetting
      let file = kind == .skill ? "skills/\(name)/SKILL.md" : kind.file ?? "\(kind.folder)/\(name)" + (isYAML ? ".yaml" : ".md")
      numbers[file] = number
      guard let path = TreePath(file) else { throw SetupError("no path \(file)") }
      nodes[path] = MemoryTree.Node(bytes: Array((isYAML ? head + "\n" : "---\n\(head)\n---\n# Text\n").utf8))
    }
    let catalog = try shippedCatalog()
    var diagnostics: [Diagnostic] = []
    let artifacts = try ContextLoader(tree: MemoryTree(nodes), shownAs: "", platformIDs: catalog.ids).load(diagnostics: &diagnostics).artifacts
    let told = ["frontmatter/argument-hint-not-text"]
    let counted = diagnostics.filter { $0.severity == .error || told.contains($0.id) } + oddValues(of: artifacts)
    var out = Array(repeating: [String](), count: documents.count)
    for finding in counted {
      guard let number = finding.place.flatMap({ numbers[$0.path] }) else { throw SetupError(rendered([finding])) }
      out[number].append("\(finding.message) [\(finding.id)]")
    }
    return out
  }

  /// What lint says of values that reading lets pass.
  static func oddValues(of artifacts: [Artifact]) -> [Diagnostic] { artifacts.flatMap { Linting.oddValues($0) }.map(\.diagnostic) }
}
