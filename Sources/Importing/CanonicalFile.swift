import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import YAML

/// Makes the canonical file that says what a read file says.
struct CanonicalFile {
  let bytes: [UInt8]
  let artifact: Artifact
  /// What had to be made up.
  var notes: [String] = []

  /// The head of the file that was read is kept byte for byte as far as it says the same.
  ///
  /// - Returns: nil when there can be no such file; a finding says why.
  init?(of read: ReadFile, changes: [HeadChange], in catalog: PlatformCatalog, shownAs: String, problems: inout [Diagnostic]) {
    var changes = changes
    var notes: [String] = []
    if read.id.kind != .rule, !changes.contains(where: { $0.path == ["description"] }) {
      let description = Self.firstWords(of: read.body) ?? "The \(read.id.kind.rawValue) \(read.id.name)."
      changes.insert(HeadChange(path: ["description"], value: .text(description)), at: 0)
      notes.append("its description is its first line: there was none")
    }
    let draft = read.lens.delivery.artifact
    var findings: [Diagnostic] = []
    guard let bytes = Self.keepingHead(of: read, changes) ?? Self.anew(changes, read.body),
      let artifact = draft.rereading(bytes, platformIDs: catalog.ids, findings: &findings)
    else {
      let reason = findings.first { $0.severity == .error }?.message ?? "its head cannot be written as a canonical one"
      problems.append(
        Diagnostic(.warning, "import/unreadable", "this file is left alone: " + reason, at: SourcePlace(path: shownAs + read.file.path.text)))
      return nil
    }
    (self.bytes, self.artifact, self.notes) = (bytes, artifact, notes)
  }

  /// The original head with other keys, so that comments, order and quotes stay.
  private static func keepingHead(of read: ReadFile, _ changes: [HeadChange]) -> [UInt8]? {
    guard let format = read.file.place?.format, format == .markdown || format == .skill, let head = HeadSplit(read.bytes).head else { return nil }
    let original = Array(read.bytes[..<HeadSplit(read.bytes).body.lowerBound])
    var problems: [Diagnostic] = []
    let source = SourceText(path: "", bytes: original)
    let root = parseYAML(source, in: head, limits: .frontmatter, diagnostics: &problems)
    guard problems.isEmpty, let pairs = root == nil ? [] : root?.pairs else { return nil }
    var wanted = changes
    for pair in pairs where !changes.contains(where: { $0.path == [pair.keyText] }) {
      if pair.keyText == "name", pair.value.text == read.id.name { continue }
      wanted.append(HeadChange(path: [pair.keyText], value: nil))
    }
    return headEdits(of: source, making: wanted).map { $0.applied(to: original) + read.body }
  }

  private static func anew(_ changes: [HeadChange], _ body: [UInt8]) -> [UInt8]? {
    guard !changes.isEmpty else { return body.starts(with: "---".utf8) ? Array("---\n---\n".utf8) + body : body }
    let empty = SourceText(path: "", bytes: [])
    return headEdits(of: empty, making: changes).map { $0.applied(to: []) + body }
  }

  /// The first line that says something, without marks, as far as a list would show it.
  private static func firstWords(of body: [UInt8]) -> String? {
    for line in body.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      let words = text.drop { "#>*- \r".contains($0) }.filter { !"`*\r".contains($0) }
      if words.contains(where: \.isLetter) { return String(words.prefix(200)) }
    }
    return nil
  }
}
