package import FileTree

/// A path with at most one `{name}` in it, or with `{directory}` as its first part.
package struct PathTemplate: Hashable, Sendable {
  package let text: String
  private let prefix: String
  /// What follows `{name}`; nil when there is no name in the path.
  private let suffix: String?
  /// What follows `{directory}/`; nil when each path is one file for the whole repository.
  private let inDirectory: String?

  /// Nil when the path could leave the repository, reach where programs are started from, be a file of aiwg's own, or lie too deep.
  package init?(_ text: String) {
    if text.hasPrefix(Self.directory) {
      let rest = String(text.dropFirst(Self.directory.count))
      // What is safe at the root and in one folder; the others are looked at one by one.
      guard let plain = PathTemplate(rest), !plain.isPerArtifact, !plain.isPerDirectory, PathTemplate("x/" + rest) != nil else { return nil }
      (self.text, prefix, suffix, inDirectory) = (text, text, nil, rest)
      return
    }
    let pieces = text[...].aroundNames.map(String.init)
    guard let first = pieces.first, pieces.count <= 2, let path = TreePath(pieces.joined(separator: "x")),
      path.hazard == nil, path.depth <= mostFolderDepth
    else { return nil }
    // File systems take some letters beyond ASCII for others, or for nothing.
    guard text.utf8.allSatisfy({ $0 < 0x80 }), !pieces.contains(where: { $0.utf8.contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") } })
    else { return nil }
    let parts = text.lowercased().split(separator: "/").map { NamePattern($0) }
    guard !parts.contains(where: { $0.canBe(".git") }), !Self.reserved.contains(where: { Self.canMeet(parts, $0) }) else { return nil }
    self.text = text
    prefix = first
    suffix = pieces.count == 2 ? pieces[1] : nil
    inDirectory = nil
  }

  private static let directory = "{directory}/"

  /// From the root down.
  private static let reserved = [
    [".github", "workflows"], ["aiwg.yaml"], ["aiwg.lock"], [".aiwg", "state"], [".gitattributes"], [".gitignore"], [".gitmodules"],
    ["aiwg.local.yaml"],
  ]

  /// Whether one of the two can be the other, or lie below it.
  private static func canMeet(_ parts: [NamePattern], _ reserved: [String]) -> Bool {
    zip(parts, reserved).allSatisfy { $0.canBe($1) }
  }

  /// The path for one artifact; with `{directory}`, the one in the folder of that name.
  package func filled(with name: String) -> TreePath? {
    if isPerDirectory { return TreePath(name).flatMap { filled(in: $0)?.filled(with: "") } }
    return TreePath(suffix.map { prefix + name + $0 } ?? prefix)
  }

  /// Whether each directory has a path of its own.
  package var isPerDirectory: Bool { inDirectory != nil }

  /// The path in one directory; nil without `{directory}`, and where no output may be.
  package func filled(in directory: TreePath) -> PathTemplate? {
    // What lies there stands for a home directory.
    guard let inDirectory, !directory.isInside(.home) else { return nil }
    return PathTemplate(directory.text + "/" + inDirectory)
  }

  /// Whether it is the path in some directory.
  package func isInSomeDirectory(_ path: TreePath) -> Bool {
    guard let inDirectory, path.text.utf8.count > inDirectory.utf8.count + 1, path.text.hasSuffix("/" + inDirectory) else { return false }
    return TreePath(String(path.text.dropLast(inDirectory.count + 1))).flatMap(filled) != nil
  }

  /// Whether each artifact has a path of its own.
  package var isPerArtifact: Bool { suffix != nil }

  /// The name with which the template gives that path; nil when it cannot.
  package func name(in path: TreePath) -> String? {
    let text = path.text
    guard let suffix, text.utf8.count > prefix.utf8.count + suffix.utf8.count, text.hasPrefix(prefix), text.hasSuffix(suffix) else { return nil }
    let name = text.dropFirst(prefix.count).dropLast(suffix.count)
    return name.isEmpty || name.contains("/") ? nil : String(name)
  }
}

/// One part of a template.
private struct NamePattern {
  private let prefix: Substring
  private let suffix: Substring?

  init(_ part: Substring) {
    let pieces = part.aroundNames
    prefix = pieces.first ?? ""
    suffix = pieces.count == 2 ? pieces[1] : nil
  }

  /// Whether some artifact's name makes the part that word.
  func canBe(_ word: String) -> Bool {
    guard let suffix else { return word == prefix }
    guard word.count > prefix.count + suffix.count, word.hasPrefix(prefix), word.hasSuffix(suffix) else { return false }
    return !word.dropFirst(prefix.count).dropLast(suffix.count).contains(".")
  }
}

extension Substring {
  /// What stands before, between and behind all `{name}` in it.
  fileprivate var aroundNames: [Substring] {
    // Hundreds of paths are read at each start, and a search that knows all of Unicode takes its time.
    let name = Array("{name}".utf8)
    var pieces: [Substring] = []
    var start = startIndex
    var index = startIndex
    while index < endIndex {
      if utf8[index] == name[0], utf8[index...].starts(with: name) {
        pieces.append(self[start..<index])
        start = utf8.index(index, offsetBy: name.count)
        index = start
      } else {
        utf8.formIndex(after: &index)
      }
    }
    return pieces + [self[start...]]
  }
}
