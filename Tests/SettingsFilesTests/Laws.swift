import ContextModel
import Diagnostics
import FileTree
import JSON
import SettingsFiles
import TestSupport
import Testing

/// A file, and what it says.
struct LawCase {
  var bytes: [UInt8]
  var syntax: SettingsSyntax
  var value: FieldValue
  var label: String
}

/// What must hold for each edit of each file.
struct Laws {
  private(set) var edits = 0
  private(set) var refusals: [String: Int] = [:]
  private(set) var problems: [String: (count: Int, example: String)] = [:]

  private var label = ""

  private mutating func check(_ holds: Bool, _ law: String, _ shown: @autoclosure () -> String) {
    guard !holds else { return }
    problems[law, default: (0, label + "\n" + shown())].count += 1
  }

  /// Tries one file with pieces from a generator.
  mutating func hold(for each: LawCase, _ random: inout SeededGenerator) {
    label = each.label
    do throws(SettingsRefusal) {
      let file = try SettingsFile(each.bytes, syntax: each.syntax, path: "x")
      let says = file.value(at: []) ?? .map([])
      check(says.says(each.value), "a file says what it was written to say", show(each.bytes) + "\n\(says)\n\(each.value)")
      let pieces = random.pieces(for: each.value, each.syntax)
      try adding(pieces, to: file, each)
      try replacing(in: file, each, &random)
      try removing(from: file, each, &random)
    } catch {
      check(false, "a file is read", show(each.bytes) + error.diagnostics.map { TextRenderer(colored: false).render($0) }.joined())
    }
  }

  private mutating func refused(_ error: SettingsRefusal, isFair: Bool, _ what: String) {
    // Names differ from case to case.
    let message = error.diagnostics.map(\.message).joined().split(separator: "`", omittingEmptySubsequences: false)
    refusals["\(error.reason) (" + message.enumerated().map { $0.offset % 2 == 0 ? String($0.element) : "…" }.joined() + ")", default: 0] += 1
    check(error.diagnostics.allSatisfy { $0.place?.path == "x" && $0.help != nil }, "a refusal has a place and help", "\(error)")
    check(isFair, "only what is in the way is refused", what + ": " + error.diagnostics.map { TextRenderer(colored: false).render($0) }.joined())
  }

  private mutating func adding(_ pieces: [SettingsPiece], to file: SettingsFile, _ each: LawCase) throws(SettingsRefusal) {
    var expected: FieldValue? = each.value
    for piece in pieces { expected = expected?.with(piece, nothingIsEmpty: each.syntax == .yaml) }
    let addition: SettingsAddition
    do throws(SettingsRefusal) {
      addition = try file.adding(pieces)
    } catch {
      let isKnown = error.reason == .unsafe && (each.syntax == .toml || each.syntax == .yaml)
      return refused(error, isFair: expected == nil || isKnown, "adding \(pieces.map(\.path))\n" + show(each.bytes))
    }
    edits += 1
    let shown = "\(pieces)\n" + show(each.bytes) + "\nbecame\n" + show(addition.bytes)
    guard let expected else { return check(false, "what is in the way is refused", shown) }
    let after = try SettingsFile(addition.bytes, syntax: each.syntax, path: "x")
    check(after.value(at: [])?.says(expected) ?? (expected == .map([])), "what was added is there, and nothing else", shown)
    check(pieces.allSatisfy(after.contains), "a file contains what was added", shown)
    let isWhole = addition.made.allSatisfy { $0.before == nil }
    let (old, new) = isWhole ? (each.bytes, addition.bytes) : (each.bytes.dense, addition.bytes.dense)
    if isWhole || each.syntax != .yaml { check(old.isSubsequence(of: new), "every byte stays", shown) }
    check(each.bytes.lineEnds.isSuperset(of: addition.bytes.lineEnds) || each.bytes.lineEnds.isEmpty, "line ends stay as they are", shown)
    check(
      each.bytes.hasFinalLineEnd == addition.bytes.hasFinalLineEnd || each.bytes.dense.isEmpty || each.bytes == [0xEF, 0xBB, 0xBF],
      "the last line ends as before", shown)
    let again = try after.adding(pieces)
    check(again.bytes == addition.bytes && again.added.isEmpty && again.made.isEmpty, "adding twice is adding once", shown)
    do throws(SettingsRefusal) {
      let back = try after.removing(addition.added, made: addition.made)
      check(back == each.bytes, "what was added comes out again", shown + "\nand then\n" + show(back))
    } catch {
      check(false, "what was added can be taken out", shown + "\n\(error.diagnostics.map(\.message))")
    }
  }

  private mutating func replacing(in file: SettingsFile, _ each: LawCase, _ random: inout SeededGenerator) throws(SettingsRefusal) {
    let paths = each.value.paths { _ in true }.filter { !$0.isEmpty }
    guard !paths.isEmpty else { return }
    let path = random.pick(paths)
    let value = random.randomValue(depth: 2, each.syntax)
    let bytes: [UInt8]
    do throws(SettingsRefusal) {
      bytes = try file.replacing(path, with: value)
    } catch {
      let isKnown = error.reason == .unsafe && (each.syntax == .toml || each.syntax == .yaml)
      return refused(error, isFair: isKnown, "replacing \(path) with \(value)\n" + show(each.bytes))
    }
    edits += 1
    let shown = "\(path) to \(value)\n" + show(each.bytes) + "\nbecame\n" + show(bytes)
    let after = try SettingsFile(bytes, syntax: each.syntax, path: "x")
    check(after.value(at: path)?.says(value) ?? false, "what was replaced is there", shown)
    check(after.value(at: [])?.without(path).says(each.value.without(path)) ?? false, "replacing changes nothing else", shown)
    if each.syntax == .json || each.syntax == .jsonc {
      let range = jsonRange(of: path, in: each.bytes)
      let (front, rear) = (each.bytes[..<range.lowerBound], each.bytes[range.upperBound...])
      check(bytes.starts(with: front) && bytes.reversed().starts(with: rear.reversed()), "replacing changes the bytes of the value alone", shown)
    }
  }

  private func jsonRange(of path: [String], in bytes: [UInt8], withKey: Bool = false) -> Range<Int> {
    var diagnostics: [Diagnostic] = []
    let root = parseJSON(SourceText(path: "x", bytes: bytes), dialect: .withComments, diagnostics: &diagnostics)
    let value = path.reduce(root) { $0?[$1] }?.range ?? 0..<0
    let key = path.dropLast().reduce(root) { $0?[$1] }?.members?.first { $0.value.range == value }?.range
    return withKey ? key ?? value : value
  }

  /// What a person wrote can be taken out as well, and all their comments stay.
  private mutating func removing(from file: SettingsFile, _ each: LawCase, _ random: inout SeededGenerator) throws(SettingsRefusal) {
    let paths = each.value.paths { if case .map = $0 { false } else { true } }.filter { !$0.isEmpty }
    guard !paths.isEmpty else { return }
    let path = random.pick(paths)
    guard let old = each.value.at(path) else { return }
    var piece = SettingsPiece.member(path, old)
    if case .list(let items) = old, let item = items.randomElement(using: &random) { piece = .element(of: path, item) }
    let bytes: [UInt8]
    do throws(SettingsRefusal) {
      bytes = try file.removing([piece], made: [])
    } catch {
      let isKnown = error.reason == .unsafe && (each.syntax == .toml || each.syntax == .yaml)
      return refused(error, isFair: isKnown, "removing \(path)\n" + show(each.bytes))
    }
    edits += 1
    let shown = "\(piece)\n" + show(each.bytes) + "\nbecame\n" + show(bytes)
    let after = try SettingsFile(bytes, syntax: each.syntax, path: "x")
    if piece.kind == .member {
      let (left, right) = (after.value(at: []) ?? .map([]), each.value.without(path))
      // Tables of TOML are gone with the last that is in them.
      check(each.syntax == .toml ? left.pruned.says(right.pruned) : left.says(right), "what was removed is gone, and nothing else", shown)
    } else if case .list(var items) = old, let index = items.lastIndex(where: { $0.says(piece.value) }) {
      items.remove(at: index)
      check(after.value(at: path)?.says(.list(items)) ?? false, "what was removed is gone from its list", shown)
    }
    check(bytes.isSubsequence(of: each.bytes) || each.syntax == .yaml, "removing writes nothing", shown)
    let comments = commentsOutside(of: piece, each)
    check(
      comments.allSatisfy { bytes.contains($0) }, "comments stay", shown + "\n" + comments.map { String(decoding: $0, as: UTF8.self) }.description)
  }

  /// Comments that stand alone in a line of their own, which no value has in it here.
  private func commentsOutside(of piece: SettingsPiece, _ each: LawCase) -> [[UInt8]] {
    guard each.syntax != .json else { return [] }
    if case .list(let items) = piece.value, !items.isEmpty { return [] }
    if case .map(let entries) = piece.value, !entries.isEmpty { return [] }
    let mark = each.syntax == .jsonc ? "// " : "# "
    // What stands between a key and its value is part of the member.
    let own = each.syntax == .jsonc ? jsonRange(of: piece.path, in: each.bytes, withKey: true) : 0..<0
    return (each.bytes[..<own.lowerBound] + each.bytes[own.upperBound...]).split(separator: UInt8(ascii: "\n")).filter { line in
      line.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: mark.utf8)
    }.map { line in
      Array(line.drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 != 0x0D })
    }
  }

  var summary: String {
    problems.sorted { $0.value.count > $1.value.count }.map { "\($0.value.count) × not so: \($0.key)\n\($0.value.example)" }.joined(separator: "\n\n")
  }

  var refusalSummary: String { refusals.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }
}

/// A file for a person who looks for what is wrong with it.
private func show(_ bytes: [UInt8]) -> String {
  let text = String(decoding: bytes, as: UTF8.self)
  return text.debugDescription + "\n" + text
}

extension [UInt8] {
  /// Without blanks and line ends.
  fileprivate var dense: [UInt8] { filter { $0 > 0x20 } }

  fileprivate func isSubsequence(of other: [UInt8]) -> Bool {
    var rest = other[...]
    for byte in self {
      guard let index = rest.firstIndex(of: byte) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }

  /// Which kinds of line ends there are.
  fileprivate var lineEnds: Set<String> {
    var out = Set<String>()
    for (index, byte) in enumerated() where byte == 0x0A { out.insert(index > 0 && self[index - 1] == 0x0D ? "CRLF" : "LF") }
    return out
  }

  fileprivate var hasFinalLineEnd: Bool { last == 0x0A }

  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard !part.isEmpty, part.count <= count else { return part.isEmpty }
    return indices.dropLast(part.count - 1).contains { self[$0...].starts(with: part) }
  }
}
