internal import ContextModel
internal import FileTree

extension Sorting {
  /// Sorts rules, agents or commands: one Markdown file each, sub-folders only group.
  mutating func sortFlat(_ entries: [TreeEntry], kind: ArtifactKind, folder: TreePath) {
    /// By folder and name, so that a translation finds the base beside it.
    var bases: [TreePath: Int] = [:]
    var translations: [(of: TreePath, Candidate.Translation)] = []
    for entry in entries where entry.kind == .directory && entry.path.bytes.hasSuffix(".md") && !entry.path.isHidden(below: folder) {
      warn(entry.path, "a folder that is called like an artifact", help: "take `.md` out of its name: folders only group")
    }
    for entry in entries where entry.kind != .directory && !entry.path.isHidden(below: folder) && !entry.path.isReadme {
      guard let name = artifactName(of: entry) else { continue }
      switch name {
      case .invalid: rejectName(entry.path, String(entry.path.name.dropLast(3)), suffix: ".md")
      case .base(let name):
        guard isSafe(entry.path, below: entry.path.parent ?? folder, ArtifactID(kind: kind, name: name)) else { continue }
        bases[entry.path] = candidates.count
        candidates.append(Candidate(id: ArtifactID(kind: kind, name: name), path: entry.path))
      case .translation(let name, let language):
        guard let base = entry.path.sibling(name + ".md") else { continue }
        translations.append((base, Candidate.Translation(language: language, path: entry.path)))
      }
    }
    for (base, translation) in translations {
      if let index = bases[base] { candidates[index].translations.append(translation) } else { rejectOrphan(translation, base: base) }
    }
  }

  mutating func rejectOrphan(_ translation: Candidate.Translation, base: TreePath) {
    let message = "a translation (`\(translation.language.text)`) without its base file"
    reject(translation.path, what: "translation-without-base", message, help: "add `\(shownAs)\(base.text)`, or rename this file to it")
  }

  /// Nil for what is no Markdown file; that is reported here.
  private mutating func artifactName(of entry: TreeEntry) -> ArtifactName? {
    let isMarkdown = entry.path.bytes.hasSuffix(".md")
    switch (entry.kind, isMarkdown) {
    case (.file, true): return ArtifactName(stem: String(entry.path.name.dropLast(3)))
    case (.other, _) where entry.path.text.contains("%"):
      reject(entry.path, what: "unusable-name", "a name with a backslash, a control character or bytes that are not UTF-8", help: "rename the file")
    case (_, true): reject(entry.path, what: "not-a-file", "not a regular file", help: "put the file itself here: links are not followed")
    case (.symlink, false): warn(entry.path, "a link is not followed", help: "put the files themselves here, or remove the link")
    case (_, false): warn(entry.path, "not a Markdown file, so nothing is made of it", help: "move it into a skill's folder, or remove it")
    }
    return nil
  }
}

extension TreePath {
  /// Whether a part below the folder begins with a dot.
  func isHidden(below folder: TreePath) -> Bool {
    let start = folder.bytes.count + 1
    guard bytes.count > start else { return false }
    return bytes[start] == UInt8(ascii: ".")
      || (start..<bytes.count).contains { bytes[$0] == UInt8(ascii: ".") && bytes[$0 - 1] == UInt8(ascii: "/") }
  }

  /// `README.md` in any case, translated ones too.
  var isReadme: Bool {
    let name = name.lowercased()
    return name == "readme.md" || (name.hasPrefix("readme.") && name.hasSuffix(".md"))
  }

  /// A path in the same folder.
  func sibling(_ name: String) -> TreePath? {
    guard let other = TreePath(name) else { return nil }
    return parent?.appending(other) ?? other
  }
}

extension [UInt8] {
  func hasSuffix(_ text: String) -> Bool {
    count >= text.utf8.count && self[(count - text.utf8.count)...].elementsEqual(text.utf8)
  }
}
