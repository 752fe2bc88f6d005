import Diagnostics
import Disk
import FileTree
import Git

/// A program that writes the files of platforms as aiwg does, and what shows that it is set up.
private struct OtherProgram {
  var name: String
  /// A folder ends in a slash.
  var signs: [String]
  /// Where its own pages say so.
  var source: String
}

/// Compared 2026-11-22.
private let otherPrograms = [
  OtherProgram(name: "rulesync", signs: ["rulesync.jsonc", ".rulesync/"], source: "https://github.com/dyoshikawa/rulesync"),
  OtherProgram(name: "Ruler", signs: [".ruler/"], source: "https://github.com/intellectronica/ruler"),
  OtherProgram(
    name: "ai-rulez", signs: [".ai-rulez/", "ai-rulez.toml", "ai-rulez.yaml", ".ai-rulez.yaml"], source: "https://github.com/Goldziher/ai-rulez"),
  OtherProgram(name: "APM", signs: ["apm.yml", ".apm/"], source: "https://github.com/microsoft/apm"),
  OtherProgram(name: "ai-rules", signs: ["ai-rules/ai-rules-config.yaml"], source: "https://github.com/block/ai-rules"),
]

/// Programs that are set up here and fight over the same outputs.
func checkupsOfOtherPrograms(_ tree: some ReadableTree, shownAs prefix: String) throws(TreeError) -> [Checkup] {
  var found: [Checkup] = []
  for program in otherPrograms {
    for sign in program.signs {
      let isFolder = sign.hasSuffix("/")
      guard let path = TreePath(isFolder ? String(sign.dropLast()) : sign) else { continue }
      let isThere: Bool
      switch try tree.observe(path) {
      case .directory: isThere = isFolder
      case .file: isThere = !isFolder
      default: isThere = false
      }
      guard isThere else { continue }
      found.append(
        Checkup(
          .warning, "other-program", "\(program.name) is set up here, and writes the files of platforms as aiwg does",
          at: SourcePlace(path: prefix + sign),
          help: "let one of them write each platform: take platforms out of its settings or of aiwg.yaml (see \(program.source))"))
      break
    }
  }
  return found
}

/// What the file system, or git's view of it, cannot do.
func checkupsOfFileSystem(_ tree: DiskTree, git: GitProgram?) throws(TreeError) -> [Checkup] {
  var found: [Checkup] = []
  if let foldsCase = try foldsCase(tree) {
    if let setting = git?.isSet("core.ignorecase"), setting != foldsCase {
      let (taken, real) = setting ? ("folds case", "tells case apart") : ("tells case apart", "folds case")
      let said = "git takes this file system for one that \(taken), and it \(real)"
      found.append(Checkup(.warning, "case", said, help: "`git config core.ignorecase \(foldsCase)` says how it is"))
    } else {
      let said = foldsCase ? "the file system folds case; aiwg refuses paths that differ in case alone" : "the file system tells case apart"
      found.append(Checkup(.ok, "case", said))
    }
  }
  if git?.isSet("core.symlinks") == false {
    found.append(
      Checkup(
        .warning, "links", "git writes symbolic links as files here (`core.symlinks`)",
        help: "a source that is a link cannot be read; name its folder in aiwg.yaml instead"))
  }
  return found
}

/// Whether a file of the root is found under its name in the other case as well; nil when nothing there can tell.
private func foldsCase(_ tree: DiskTree) throws(TreeError) -> Bool? {
  let names = Set(try tree.names(in: nil))
  for name in names.sorted() {
    let other = String(name.map { $0.isLowercase ? Character($0.uppercased()) : Character($0.lowercased()) })
    guard name.utf8.allSatisfy({ $0 < 0x80 }), other != name, !names.contains(other), let path = TreePath(other) else { continue }
    let isThere = try tree.observe(path) != .absent
    return isThere
  }
  return nil
}
