import FileTree
import Platforms

extension FuzzTarget {
  /// A template of platforms.yaml, a line break, a name.
  static let path = FuzzTarget(
    name: "path",
    seeds: {
      [
        ".claude/rules/{name}.md\nstateless", ".agents/skills/{name}/\nx", "AGENTS.md\n", "{directory}/AGENTS.md\nsrc/api",
        "{name}/workflows/x\ngithub", ".{name}/hooks/x\ngit",
        "a/../{name}\nx", ".github/{name}s/x.yml\nworkflow", "a{name}b/c\n..", ".aiwg/{name}/x\nstate", ".GIT/{name}\nx", "{name}.yaml\naiwg",
      ].map { Array($0.utf8) }
    },
    words: [
      "{name}", "{directory}/", "../", "./", "//", ".git", ".github/workflows", "aiwg.lock", "aiwg.yaml", ".aiwg/state", ".gitmodules",
      ".gitattributes", "\\",
    ]
  ) { bytes in
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(decoding: lines.count > 1 ? lines[1] : [], as: UTF8.self)
    try checkPath(Array(lines[0]))
    guard let template = PathTemplate(String(decoding: lines[0], as: UTF8.self)) else { return }
    guard let path = template.filled(with: name) else { return }
    try checkInside(path.bytes)
    // Only a name that an artifact may have comes here.
    let isName = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D } && name.utf8.first ?? 0x2D != 0x2D
    guard isName || !template.isPerArtifact else { return }
    try checkUnreserved(path)
    if template.isPerArtifact { try law(template.name(in: path) == name, "`\(template.text)` does not find `\(name)` in `\(path)`") }
  }

  private static func checkPath(_ bytes: [UInt8]) throws {
    guard let path = TreePath(bytes: bytes) else { return }
    try checkInside(path.bytes)
    try law(Array(path.parts.joined(separator: [UInt8(ascii: "/")])) == path.bytes, "`\(path)` is not the sum of its parts")
    for folder in path.ancestors {
      guard let rest = path.relative(to: folder) else { throw BrokenLaw(description: "`\(path)` is not inside `\(folder)`") }
      try law(folder.appending(rest) == path, "`\(path)` is not `\(rest)` in `\(folder)`")
    }
  }
}

/// No output may be where programs are started from, or take the place of a file of aiwg's own.
func checkUnreserved(_ path: TreePath) throws {
  let parts = path.text.lowercased().split(separator: "/").map(String.init)
  try law(!parts.contains(".git"), "`\(path)` is in the store of the version control")
  try law(!parts.starts(with: [".github", "workflows"]), "`\(path)` starts programs")
  try law(!parts.starts(with: [".aiwg", "state"]), "`\(path)` is aiwg's own")
  try law(!["aiwg.yaml", "aiwg.lock", ".gitattributes", ".gitmodules"].contains(parts.first), "`\(path)` is reserved")
}
