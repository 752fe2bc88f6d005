import ContextModel
import FileTree
import Formats

/// A reference that can only be meant as it stands: neither an example nor a place for something that is still to come.
struct ReferenceClaim {
  let reference: Body.Reference

  /// Nil for what may be something else, and for what is there.
  init?(_ reference: Body.Reference, in artifact: Artifact, named: inout NamedFiles, lines: inout BodyLines) {
    let path = PathWords(reference.path)
    guard path.isPlain, !path.isPlaceholder else { return nil }
    switch reference.spelling {
    case .link: guard path.canBeLink else { return nil }
    case .mention: guard path.canBeMention || named.hasFolder(path.first, near: artifact) else { return nil }
    case .code: guard named.isAtHome(path, in: artifact) else { return nil }
    }
    guard named.canJudge(path, in: artifact), !named.exists(reference.path, near: artifact) else { return nil }
    lines.go(to: reference.range.lowerBound)
    guard !lines.speaksOfExamples(around: reference.range) else { return nil }
    self.reference = reference
  }
}

extension BodyLines {
  /// Whether the text around a reference says that it is one of many, or that it will be made.
  fileprivate func speaksOfExamples(around range: Range<Int>) -> Bool {
    if isIndentedCode { return true }
    if ["example", "template", "format", "syntax", "sample", "output", "deliverable", "artifacts", "structure"].contains(where: heading.contains) {
      return true
    }
    let before = words(before: range.lowerBound)
    let words = before.split { !$0.isLetter && $0 != "." }
    if words.contains(where: { Self.makers.contains($0) }) { return true }
    if ["e.g.", "for example", "for instance", "such as", "→", "->", "=>"].contains(where: before.contains) { return true }
    return ["→", "not found", "(example", "(if ", "if it exists", "if present", "if available", "if exists", "(optional"].contains(
      where: self.words(after: range.upperBound).contains)
  }

  private static let makers: Set<Substring> = [
    "create", "creates", "created", "creating", "write", "writes", "written", "save", "saves", "saved", "saving", "generate", "generates",
    "generated",
    "output", "outputs", "produce", "produces", "store", "stores", "stored", "append", "record", "example", "examples", "example.", "add", "adds",
    "move",
    "copy", "rename", "export", "exports", "publish", "log", "logs", "update", "updates", "updated", "if", "optionally", "optional", "implements",
  ]
}

/// A path, and what its parts look like.
struct PathWords {
  let text: String
  let parts: [Substring]

  init(_ text: String) {
    self.text = text
    parts = text.split(separator: "/")
  }

  var first: String { parts.first.map(String.init) ?? "" }

  /// Nothing that a shell, a template or a person fills in, and nothing that lies in a home directory.
  var isPlain: Bool {
    let bytes = text.utf8
    guard let first = bytes.first, first != UInt8(ascii: "~"), first != UInt8(ascii: "/"), !parts.isEmpty else { return false }
    return bytes.allSatisfy { $0 > 0x20 && !Self.filledIn.contains($0) } && !text.contains("...") && !text.contains("…") && !text.contains("//")
  }

  private static let filledIn = Set("{}<>*$[]|\"'`:;,=()\\^!?%+&".utf8)

  /// Whether some part is a word that stands for any other.
  var isPlaceholder: Bool { parts.contains { isPlaceholder($0) } || text.contains("path/to/") }

  private func isPlaceholder(_ part: Substring) -> Bool {
    if part == "." || part == ".." { return false }
    let stem = part.prefix { $0 != "." }.lowercased()
    if part.first == "." { return false }
    if stem.utf8.count <= 1 || Self.anyName.contains(stem) || Self.anyStart.contains(where: stem.hasPrefix) { return true }
    if ["example", "placeholder", "-name", "_name", "xxx", "nnn", "-00", "_00", "123", "yyyy"].contains(where: stem.contains) { return true }
    return stem.hasSuffix("-x") || stem.hasSuffix("-n") || stem.allSatisfy { $0 == "x" || $0 == "n" }
  }

  private static let anyName: Set<String> = [
    "path", "foo", "bar", "baz", "qux", "sample", "name", "file", "files", "filename", "file1", "file2", "file3", "folder", "dir", "directory", "url",
    "link",
    "target", "something", "whatever", "thing", "other", "another", "old", "new", "test1", "test2", "doc", "document", "page", "image", "feature",
    "module",
    "component", "project", "dummy", "tmp", "temp", "username", "user", "repo", "owner", "org", "scope", "pkg", "package", "relative", "absolute",
  ]

  private static let anyStart = ["your-", "your_", "my-", "my_", "some-", "some_", "new-", "old-", "any-", "test-", "demo-", "fake-"]

  /// A file with a suffix, or a path that begins with a dot or goes through folders.
  var canBeLink: Bool {
    guard let last = parts.last else { return false }
    // A host is no folder.
    if parts.count > 1, let suffix = suffix(of: parts[0]), ["com", "org", "net", "io", "dev", "ai", "app", "edu", "gov"].contains(suffix) {
      return false
    }
    return parts.count > 1 || text.hasPrefix(".") || suffix(of: last) != nil
  }

  /// A text, data or settings file: what begins with `@` otherwise is a package, a decorator or a person.
  var canBeMention: Bool {
    guard let last = parts.last, let suffix = suffix(of: last), !text.hasSuffix("/") else { return false }
    return ["md", "mdc", "mdx", "txt", "rst", "yaml", "yml", "json", "jsonc", "toml"].contains(suffix)
  }

  private func suffix(of part: Substring) -> String? {
    guard let dot = part.lastIndex(of: "."), dot != part.startIndex else { return nil }
    let suffix = part[part.index(after: dot)...]
    return suffix.isEmpty || suffix.count > 8 || !suffix.allSatisfy({ $0.isLetter || $0.isNumber }) ? nil : suffix.lowercased()
  }
}
