import ArgumentParser
import ContextModel
import Disk
import FileTree
import Platforms

extension CompletionKind {
  /// Ids of platforms, with commas between them, and with `+` and `-` before them.
  static let platforms = CompletionKind.custom { _, _, typed in completions(of: typed, in: ["all"] + platformIDs, isList: true) }

  /// The id of one platform.
  static let platform = CompletionKind.custom { _, _, typed in completions(of: typed, in: platformIDs, isList: false) }

  /// Kinds and names of the artifacts that ship with aiwg.
  static let shippedArtifacts = CompletionKind.custom { _, _, _ in artifacts(in: ShippedTree()).map { $0.0 + "/" + $0.1 } }

  /// Names of rules: those of the tree where one is looked for first, then those that ship with aiwg.
  static let rules = CompletionKind.custom { _, _, _ in
    let own = Machine.workingDirectory.flatMap { try? DiskTree(root: $0 + "/.aiwg") }.map { artifacts(in: $0) } ?? []
    return Array(Set((own + artifacts(in: ShippedTree())).filter { $0.0 == ArtifactKind.rule.folder }.map(\.1))).sorted()
  }
}

/// What may stand where something was typed; of a list, with what was typed before the last comma.
private func completions(of typed: String, in names: [String], isList: Bool) -> [String] {
  guard isList else { return names }
  let done = typed.lastIndex(of: ",").map { typed[...$0] } ?? ""
  let sign = typed[done.endIndex...].first.flatMap { "+-".contains($0) ? String($0) : nil } ?? ""
  let given = Set(done.split(separator: ",").map { $0.drop { "+-".contains($0) } }.map(String.init))
  return names.filter { !given.contains($0) }.map { done + sign + $0 }
}

/// Completions are asked for while somebody types: the shipped data is at hand, and no lock is taken for it.
private var platformIDs: [String] { (try? Sources.shippedCatalog())?.platforms.filter { $0.retired == nil }.map(\.id) ?? [] }

/// Kind folders and names of the Markdown files below them.
private func artifacts(in tree: some ReadableTree) -> [(String, String)] {
  ArtifactKind.texts.flatMap { kind -> [(String, String)] in
    guard let folder = TreePath(kind.folder), let entries = try? tree.entries(under: folder) else { return [] }
    return entries.compactMap { entry in
      guard entry.kind == .file, entry.path.name.hasSuffix(".md") else { return nil }
      let name = kind == .skill ? entry.path.parent?.name : entry.path.name.hasSuffix(".md") ? String(entry.path.name.dropLast(3)) : nil
      // A translation has a tag before the ending; a file beside a skill is none.
      guard let name, !name.contains("."), kind != .skill || entry.path.name == "SKILL.md" else { return nil }
      return (kind.folder, name)
    }
  }
}
