import ContextLoading
import ContextModel
import Diagnostics
package import FileTree
package import Platforms
import Settings
import SharedFiles

/// An ignore file that is there, without anything of aiwg's.
package struct FoundIgnore: Sendable {
  package var file: IgnoreFile
  /// Ids of the platforms that look into it, in order.
  package var platforms: [String]
  package var bytes: [UInt8]

  package var path: TreePath { file.path }
}

extension Finding {
  /// The file in which a platform looks for what it is to ignore; beside a block of aiwg's, lines are the user's for good.
  mutating func lookForIgnored(of platform: Platform) throws(TreeError) {
    guard let file = platform.ignoreFile else { return }
    if var known = ignored[file.path] {
      known.platforms.append(platform.id)
      known.file.lacksNegation = known.file.lacksNegation || file.lacksNegation
      ignored[file.path] = known
      return
    }
    guard let bytes = try settingsBytes(at: file.path) else { return }
    if case .found = findBlock(in: SourceText(path: file.path.text, bytes: bytes), syntax: .hash) { return }
    ignored[file.path] = FoundIgnore(file: file, platforms: [platform.id], bytes: bytes)
  }
}

/// The ignore files of several platforms as the one of the tree.
struct IgnoreImport {
  /// Nil when there is none, or the files do not agree.
  private(set) var artifact: Artifact?
  private(set) var taken: [FoundIgnore] = []
  private(set) var problems: [Diagnostic] = []

  /// A file with what its lines would be in the tree.
  private struct Variant {
    var found: FoundIgnore
    var artifact: Artifact
    var lines: [String]
    var place: SourcePlace
  }

  init(_ found: [FoundIgnore], in catalog: PlatformCatalog, options: ImportOptions, shownAs: String) {
    var variants: [Variant] = []
    for file in found where !Self.isReadByAllTargets(file, catalog, options) {
      if let variant = self.variant(of: file, catalog, shownAs), !variant.lines.isEmpty { variants.append(variant) }
    }
    guard let first = variants.first else { return }
    if options.inTree(first.artifact.path) != nil {
      for variant in variants { leave(variant.place, "the tree has a file `ignore` already", help: "put these lines there") }
      return
    }
    let others = variants.filter { $0.lines != first.lines }
    let chosen = others.isEmpty ? first : options.preferred.lazy.compactMap { id in variants.first { $0.found.platforms.contains(id) } }.first
    guard let chosen else {
      problems += others.map { Self.conflict($0, first) }
      return
    }
    (artifact, taken) = (chosen.artifact, variants.map(\.found))
  }

  private static func isReadByAllTargets(_ file: FoundIgnore, _ catalog: PlatformCatalog, _ options: ImportOptions) -> Bool {
    options.targets?.allSatisfy { catalog.platform($0)?.ignoreFile?.path == file.path } ?? false
  }

  /// Nil, with a finding, for a file that no canonical one says.
  private mutating func variant(of found: FoundIgnore, _ catalog: PlatformCatalog, _ shownAs: String) -> Variant? {
    let id = ArtifactID(only: .ignore)
    let path = TreePath(known: "ignore")
    let source = SourceText(path: shownAs + found.path.text, bytes: found.bytes)
    let bytes = found.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(found.bytes.dropFirst(3)) : found.bytes
    let draft = Artifact(
      id: id, path: path, text: SourceText(path: source.path, bytes: []), fields: [], body: Body(bytes: []), tree: MemoryTree([:]))
    var findings: [Diagnostic] = []
    guard var artifact = draft.rereading(bytes, platformIDs: catalog.ids, findings: &findings) else {
      let error = findings.first { $0.severity == .error }
      leave(error?.place ?? SourcePlace(path: source.path), error?.message ?? "it cannot be read", help: error?.help)
      return nil
    }
    artifact.text = SourceText(path: path.text, bytes: bytes)
    let lines = IgnoreLens.lines(of: artifact)
    let written = IgnoreLens(IgnoreDelivery(file: found.file, artifact: artifact, platforms: found.platforms)).written(for: artifact)
    guard written == Array(lines.map { $0 + "\n" }.joined().utf8) else {
      leave(SourcePlace(path: source.path), "`!` takes nothing back for this platform, and would for others", help: "take those lines out")
      return nil
    }
    return Variant(found: found, artifact: artifact, lines: lines, place: SourcePlace(path: source.path))
  }

  private mutating func leave(_ place: SourcePlace, _ reason: String, help: String?) {
    problems.append(Diagnostic(.warning, "import/left", "this file is left alone: " + reason, at: place, help: help))
  }

  private static func conflict(_ variant: Variant, _ first: Variant) -> Diagnostic {
    let only = variant.lines.filter { !first.lines.contains($0) }.map { "only here: \($0)" }
    let missing = first.lines.filter { !variant.lines.contains($0) }.map { "not here: \($0)" }
    let notes = only + missing
    return Diagnostic(
      .error, "import/conflict", "what is ignored differs from `\(first.place.path)`" + (notes.isEmpty ? " in the order of the lines" : ""),
      at: variant.place, notes: notes,
      help: "make them agree, or say whose version counts: `--prefer \(first.found.platforms.first ?? "")`")
  }
}
