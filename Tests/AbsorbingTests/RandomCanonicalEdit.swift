import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Platforms
import TextDiff
import YAML

/// One edit of a canonical file: a line of the body that is inserted, deleted or replaced, or a field that is changed.
struct RandomCanonicalEdit {
  private(set) var artifact: Artifact
  /// The line that the edit put into the body; nil when it put none there.
  private(set) var line: String?
  private(set) var field: Field?
  private(set) var kind = ""

  /// Nil when the file would not be valid, or nothing would change.
  init?(of artifact: Artifact, in catalog: PlatformCatalog, using random: inout Seeded) {
    let start = artifact.text.bytes.count - artifact.body.bytes.count
    var lines = linesWithEnds(of: artifact.body.bytes).map(Array.init)
    let text = "Canonical line \(Int.random(in: 0..<100_000, using: &random))"
    let spot = Int.random(in: 0...lines.count, using: &random)
    let operation = Int.random(in: 0..<5, using: &random)
    if operation == 4 {
      kind = "field"
      let changed = Field("description", .text(text + ": of the description"))
      guard let edits = headEdits(of: artifact.text, making: [HeadChange(path: [changed.key], value: changed.value)]) else { return nil }
      field = changed
      self.artifact = artifact
      guard let reread = Self.reread(artifact, edits.applied(to: artifact.text.bytes), catalog) else { return nil }
      self.artifact = reread
      return
    }
    switch operation {
    case 0, 1:
      kind = "insert"
      lines.insert(Array((text + artifact.lineEnd).utf8), at: spot)
      if spot > 0, lines[spot - 1].last != UInt8(ascii: "\n") { lines[spot - 1] += artifact.lineEnd.utf8 }
      line = text
    case 2 where spot < lines.count:
      kind = "replace"
      lines[spot] = Array((text + artifact.lineEnd).utf8)
      line = text
    case 3 where spot < lines.count:
      kind = "delete"
      lines.remove(at: spot)
    default: return nil
    }
    guard let reread = Self.reread(artifact, artifact.text.bytes[..<start] + lines.joined(), catalog) else { return nil }
    self.artifact = reread
  }

  /// A line of its own between the first and the last that say something, that part of the way down; nil when the body is too short.
  init?(inserting text: String, into artifact: Artifact, in catalog: PlatformCatalog, at part: Double) {
    let start = artifact.text.bytes.count - artifact.body.bytes.count
    var lines = linesWithEnds(of: artifact.body.bytes).map(Array.init)
    let isBlank: ([UInt8]) -> Bool = { $0.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: " ") } }
    guard let first = lines.firstIndex(where: { !isBlank($0) }), let last = lines.lastIndex(where: { !isBlank($0) }), last - first > 3 else {
      return nil
    }
    let spot = first + 1 + Int(Double(last - first - 1) * part)
    lines.insert(Array((text + artifact.lineEnd).utf8), at: spot)
    guard let reread = Self.reread(artifact, artifact.text.bytes[..<start] + lines.joined(), catalog) else { return nil }
    (self.artifact, line, kind) = (reread, text, "insert")
  }

  private static func reread(_ artifact: Artifact, _ bytes: some Sequence<UInt8>, _ catalog: PlatformCatalog) -> Artifact? {
    var findings: [Diagnostic] = []
    return artifact.rereading(Array(bytes), platformIDs: catalog.ids, findings: &findings)
  }
}

extension Artifact {
  /// How the lines of the body end.
  fileprivate var lineEnd: String { body.bytes.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n" }
}
