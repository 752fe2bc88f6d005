internal import ContextModel
internal import Diagnostics
internal import FileTree

extension Sorting {
  /// Sorts skills: a folder with a SKILL.md each, all else below it a resource.
  mutating func sortSkills(_ entries: [TreeEntry], folder: TreePath) {
    let roots = skillFolders(entries, below: folder)
    var members: [TreePath: [TreeEntry]] = [:]
    var orphans: Set<TreePath> = []
    for entry in entries {
      if entry.kind == .directory {
        if entry.path.name == ".git", let root = entry.path.ancestors.last(where: roots.contains) { warn(repository: entry.path, in: root) }
      } else if let root = entry.path.ancestors.last(where: roots.contains) {
        members[root, default: []].append(entry)
      } else if !entry.path.isHidden(below: folder), !entry.path.isReadme {
        report(stray: entry, below: folder, &orphans)
      }
    }
    for (root, entries) in members.sorted(by: { $0.key < $1.key }) { addSkill(root, entries) }
  }

  /// The outermost folders that hold a SKILL.md; what is called so further down is a resource.
  private func skillFolders(_ entries: [TreeEntry], below folder: TreePath) -> Set<TreePath> {
    let heads = entries.filter { $0.kind != .directory && $0.path.name == "SKILL.md" && !$0.path.isHidden(below: folder) }
    let all = Set(heads.compactMap(\.path.parent).filter { $0 != folder })
    return all.filter { root in !root.ancestors.contains(where: all.contains) }
  }

  private mutating func addSkill(_ root: TreePath, _ entries: [TreeEntry]) {
    guard isArtifactName(root.name) else {
      rejectName(entries.first?.path ?? root, root.name, suffix: "/")
      return
    }
    guard let above = root.parent, isSafe(root, below: above) else { return }
    guard let file = TreePath("SKILL.md") else { return }
    var candidate = Candidate(id: ArtifactID(kind: .skill, name: root.name), path: root.appending(file))
    let before = rejected.count
    for entry in entries {
      guard let path = entry.path.relative(to: root) else { continue }
      if entry.kind == .other, path.text.contains("%") {
        let message = "a name with a backslash, a control character or bytes that are not UTF-8"
        reject(entry.path, candidate.id, what: "unusable-name", message, help: "rename the file")
      } else if entry.kind != .file {
        let what = entry.kind == .symlink ? "a link" : "a device, socket or pipe"
        reject(entry.path, candidate.id, what: "not-a-file", "\(what) in a skill cannot be copied", help: "put the file itself here")
      } else if !isSafe(entry.path, below: root, candidate.id) {
        continue
      } else if let language = skillTranslation(path) {
        candidate.translations.append(Candidate.Translation(language: language, path: entry.path))
      } else if path != file {
        candidate.resources.append(Resource(path: path, source: entry.path, isExecutable: entry.isExecutable, size: entry.size))
      }
    }
    candidate.resources.sort { $0.path < $1.path }
    if rejected.count == before { candidates.append(candidate) }
  }

  /// A checkout inside a skill: a listing does not enter what is git's own, and so it cannot be copied.
  private mutating func warn(repository path: TreePath, in root: TreePath) {
    let help = "delete the folder, or keep that checkout elsewhere and only its files here"
    findings.append(
      Diagnostic(
        .warning, "tree/nested-repository", "a folder of git's own is left out of the skill `\(root.name)`",
        at: SourcePlace(path: shownAs + path.text), help: help))
  }

  /// The language of `SKILL.<tag>.md`.
  private func skillTranslation(_ path: TreePath) -> LanguageTag? {
    let name = path.text
    guard name.hasPrefix("SKILL."), name.hasSuffix(".md"), name.utf8.count > 9 else { return nil }
    return LanguageTag(String(name.dropFirst(6).dropLast(3)))
  }

  /// What lies in no skill: once for each folder.
  private mutating func report(stray entry: TreeEntry, below folder: TreePath, _ reported: inout Set<TreePath>) {
    if let parent = entry.path.parent, let language = skillTranslation(TreePath(entry.path.name) ?? entry.path),
      let base = entry.path.sibling("SKILL.md")
    {
      reported.insert(parent)
      return rejectOrphan(Candidate.Translation(language: language, path: entry.path), base: base)
    }
    if entry.kind == .symlink { return warn(entry.path, "a link is not followed", help: "put the files themselves here, or remove the link") }
    guard let parent = entry.path.parent, reported.insert(parent).inserted else { return }
    if parent == folder {
      warn(entry.path, "a file beside the skills' folders, so nothing is made of it", help: "a skill is `\(shownAs)\(folder.text)/<name>/SKILL.md`")
    } else {
      let help = entry.path.name.lowercased() == "skill.md" ? "rename it to `SKILL.md`" : "add `\(shownAs)\(parent.text)/SKILL.md`"
      warn(entry.path, "no SKILL.md in this folder, so nothing is made of it", help: help)
    }
  }
}
