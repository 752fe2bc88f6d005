import Auditing
import Diagnostics
import FileTree
import Testing

/// A file with something planted in it; U+27E6 stands before what is to be found, and is taken out.
struct Planted: CustomTestStringConvertible, Sendable {
  var kind: AuditKind
  var path: String
  var marked: String
  var origin = AuditedFile.Origin.own

  init(_ kind: AuditKind, _ path: String, _ marked: String, origin: AuditedFile.Origin = .own) {
    (self.kind, self.path, self.marked, self.origin) = (kind, path, marked, origin)
  }

  init(_ kind: AuditKind, _ marked: String) { self.init(kind, "AGENTS.md", marked) }

  var testDescription: String { "\(kind.id) in \(path): \(marked.prefix(60).debugDescription)" }

  private var mark: Unicode.Scalar { "\u{27E6}" }

  var text: String { String(String.UnicodeScalarView(marked.unicodeScalars.filter { $0 != mark })) }

  /// Where the mark is, as an editor counts.
  var place: (line: Int, column: Int) {
    let before = String(String.UnicodeScalarView(marked.unicodeScalars.prefix { $0 != mark }))
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.count, (lines.last?.count ?? 0) + 1)
  }
}

let auditor = Auditor()

/// What is found in one file.
func findings(_ path: String, _ bytes: [UInt8], _ origin: AuditedFile.Origin = .own) throws -> [Diagnostic] {
  let treePath = try #require(TreePath(path))
  return auditor.audit(AuditedFile(treePath, shownAs: path, bytes: bytes, origin: origin))
}

extension [Diagnostic] {
  /// As `2:5 audit/bidi`.
  var inShort: [String] { map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.id)" } }
}

/// Text as tag characters.
func tagged(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { if let tag = Unicode.Scalar(scalar.value + 0xE0000) { out.append(tag) } }
  return String(out)
}

/// Bytes as variation selectors.
func inSelectors(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for byte in text.utf8 { if let scalar = Unicode.Scalar(byte < 16 ? 0xFE00 + UInt32(byte) : 0xE0100 + UInt32(byte) - 16) { out.append(scalar) } }
  return String(out)
}

/// Text as bits of two zero-width characters.
func bits(_ text: String) -> String {
  text.utf8.map { byte in (0..<8).map { byte >> (7 - $0) & 1 == 1 ? "\u{200C}" : "\u{200B}" }.joined() }.joined()
}

/// Text in private characters of the last plane.
func smuggled(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { if let hidden = Unicode.Scalar(scalar.value + 0x100000) { out.append(hidden) } }
  return String(out)
}
