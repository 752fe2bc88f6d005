package import ContextModel
import Diagnostics
import FileTree
import Platforms

/// The lines of an ignore file at their place in a platform's file, both ways.
package struct IgnoreLens: Sendable {
  private let delivery: IgnoreDelivery

  package init(_ delivery: IgnoreDelivery) {
    self.delivery = delivery
  }

  /// The lines of an artifact that mean something, those of earlier sources first.
  package static func lines(of artifact: Artifact) -> [String] { IgnoreLines(artifact.body.bytes).lines }

  /// What stands before the bytes of the artifact's own file.
  package static func inherited(by artifact: Artifact) -> [UInt8] {
    Array(artifact.body.bytes.dropLast(min(artifact.text.count, artifact.body.bytes.count)))
  }

  /// The lines of the managed block.
  package func written(for artifact: Artifact) -> [UInt8] {
    Array(said(by: Self.lines(of: artifact)).map { $0 + "\n" }.joined().utf8)
  }

  private func said(by lines: [String]) -> [String] { delivery.file.lacksNegation ? lines.filter { !$0.hasPrefix("!") } : lines }

  /// The artifact's own file after the smallest edit with which the block has those lines.
  /// - Throws: `UnreadableSetting` when a line that is another one is not in that file.
  package func bytes(of artifact: Artifact, saying wanted: [UInt8]) throws(UnreadableSetting) -> [UInt8] {
    var own = OwnLines(artifact.text.bytes)
    let meant = own.meant.filter { own.texts[$0].map { !delivery.file.lacksNegation || !$0.hasPrefix("!") } ?? false }
    let earlier = said(by: IgnoreLines(Self.inherited(by: artifact)).lines)
    let old = earlier + meant.compactMap { own.texts[$0] }
    let new = String(decoding: wanted, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    if let line = new.first(where: { IgnoreLines(Array($0.utf8)).lines.isEmpty }) {
      throw UnreadableSetting(line.isEmpty ? "an empty line says nothing, and stays in no block" : "the comment `\(line)` stays in no block")
    }
    // From the end on, so that what is before keeps its number.
    var (removed, inserted): ([Int], [Int: [String]]) = ([], [:])
    for change in Array(new).difference(from: old) {
      switch change {
      case .remove(let offset, let line, _):
        guard offset >= earlier.count else { throw UnreadableSetting("the line `\(line)` comes from an earlier source") }
        removed.append(offset)
      case .insert(let offset, let line, _): inserted[offset] = [line]
      }
    }
    var place = old.isEmpty || meant.isEmpty ? own.raw.count : meant[0]
    var (position, index) = (0, 0)
    var additions: [(at: Int, line: String)] = []
    while position < old.count || index < new.count {
      if let lines = inserted[index] {
        guard position >= earlier.count else { throw UnreadableSetting("`\(lines[0])` stands before lines of an earlier source") }
        additions += lines.map { (place, $0) }
        index += 1
      } else {
        if position >= earlier.count { place = meant[position - earlier.count] + 1 }
        if !removed.contains(position) { index += 1 }
        position += 1
      }
    }
    own.edit(removing: Set(removed.map { meant[$0 - earlier.count] }), adding: additions)
    return own.bytes
  }

  /// The artifact's own file with some lines as others, or without them; nil when one is not in it.
  package static func bytes(of artifact: Artifact, replacing edit: [String: String?]) -> [UInt8]? {
    var own = OwnLines(artifact.text.bytes)
    let texts = Set(own.texts.values)
    guard edit.keys.allSatisfy(texts.contains), edit.keys.allSatisfy({ !IgnoreLines(inherited(by: artifact)).lines.contains($0) }) else { return nil }
    var additions: [(at: Int, line: String)] = []
    let gone = own.meant.filter { own.texts[$0].map { edit[$0] != nil } ?? false }
    for number in gone {
      if let line = own.texts[number], let new = edit[line] ?? nil { additions.append((number, new)) }
    }
    own.edit(removing: Set(gone), adding: additions)
    return own.bytes
  }
}

/// The lines of one file with their ends.
private struct OwnLines {
  private(set) var raw: [[UInt8]] = []
  /// By number: the text of a line that means something.
  private(set) var texts: [Int: String] = [:]

  init(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = Array(bytes[start..<end])
      if let text = IgnoreLines(line).lines.first { texts[raw.count] = text }
      raw.append(line)
      start = end
    }
  }

  /// The numbers of lines that mean something.
  var meant: [Int] { texts.keys.sorted() }

  var bytes: [UInt8] { Array(raw.joined()) }

  /// Line ends are those of the lines around.
  mutating func edit(removing gone: Set<Int>, adding additions: [(at: Int, line: String)]) {
    let isWindows = raw.first.map { $0.suffix(2).elementsEqual("\r\n".utf8) } ?? false
    let end = Array((isWindows ? "\r\n" : "\n").utf8)
    var out: [[UInt8]] = []
    for number in 0...raw.count {
      for (_, line) in additions.filter({ $0.at == number }) {
        if let last = out.last, last.last != UInt8(ascii: "\n") { out[out.count - 1] += end }
        out.append(Array(line.utf8) + end)
      }
      if number < raw.count, !gone.contains(number) { out.append(raw[number]) }
    }
    raw = out
  }
}
