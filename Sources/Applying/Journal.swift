import Diagnostics
import FileTree
import Planning

/// What a run is about to do, written down before it does any of it.
///
/// It is a claim, like the lock: what it says is acted on only where the file that it speaks of is the very one that the run made or moved.
struct Journal: Hashable, Sendable {
  /// One path, with the state before and after.
  struct Entry: Hashable, Sendable {
    var path: TreePath
    var before: Snapshot
    var after: Snapshot
    /// Where the new file waits, and where the old one is once they were swapped.
    var temporary: TreePath
    /// Of the file that the run made, or of the one that is there when it is to go; nil where it is not known.
    var identity: FileIdentity?

    /// Where the old one is when the file system cannot swap two names.
    var kept: TreePath { TreePath(temporary.text + ".old") ?? temporary }

    /// Where the new one goes when it is undone and still has its first name.
    var spare: TreePath { TreePath(temporary.text + ".new") ?? temporary }
  }

  /// Of the process that wrote it.
  var processID: Int32
  /// Folders that the run makes, from the root down.
  var made: [TreePath] = []
  /// Folders that go when they are empty afterwards, the deepest first.
  var vacated: [TreePath] = []
  var entries: [Entry] = []

  /// The text: a line for each thing, and a digest of them all at the end.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    // Of a large run it is megabytes: they are there once, and never moved.
    bytes.reserveCapacity(entries.reduce(1_000 + 100 * (made.count + vacated.count)) { $0 + $1.path.bytes.count + $1.temporary.bytes.count + 200 })
    bytes += "\(Self.lead)\(StateFolder.journalVersion)\nprocess \(processID)\n".utf8
    for folder in made { bytes += "make \(folder)\n".utf8 }
    for folder in vacated { bytes += "vacate \(folder)\n".utf8 }
    for entry in entries {
      let identity = entry.identity.map { "\($0.device):\($0.number)" } ?? "-"
      bytes += "step \(entry.before.token) \(entry.after.token) \(identity) \(entry.path)\nvia \(entry.temporary)\n".utf8
    }
    bytes += "end \(Digest(of: bytes))\n".utf8
    return bytes
  }

  private static let lead = "# aiwg journal "

  /// The lines before the digest, which is that of them; nil when it is not.
  private static func lines(of bytes: [UInt8]) -> ArraySlice<String>? {
    guard let text = String(validating: bytes, as: UTF8.self), let last = text.range(ofLastLine: "end "),
      text[last].dropFirst(4).dropLast() == Digest(of: Array(text[..<last.lowerBound].utf8)).hex
    else { return nil }
    return text[..<last.lowerBound].utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }[...]
  }

  /// Whether it is whole, and of a version that only a newer aiwg can undo.
  ///
  /// The first line and the last have the same form in every version.
  static func isNewer(_ bytes: [UInt8]) -> Bool {
    let version = lines(of: bytes)?.first?.value(after: lead).flatMap { Int($0) }
    return version.map { $0 > StateFolder.journalVersion } ?? false
  }

  /// Nil for anything but the whole text of a journal.
  init?(_ bytes: [UInt8]) {
    guard var lines = Self.lines(of: bytes) else { return nil }
    guard lines.popFirst() == "\(Self.lead)\(StateFolder.journalVersion)",
      let process = lines.popFirst()?.value(after: "process ").flatMap({ Int32($0) })
    else { return nil }
    processID = process
    while let line = lines.popFirst() {
      if let folder = line.value(after: "make ").flatMap(Self.path) {
        made.append(folder)
      } else if let folder = line.value(after: "vacate ").flatMap(Self.path) {
        vacated.append(folder)
      } else if let step = line.value(after: "step "), let via = lines.popFirst()?.value(after: "via "), let entry = Entry(step, via) {
        entries.append(entry)
      } else {
        return nil
      }
    }
  }

  init(processID: Int32) {
    self.processID = processID
  }

  /// Of a text that is none: where what stood at a path may have been moved to, as far as its lines can be read.
  static func linesAboutFiles(in bytes: [UInt8], atMost limit: Int) -> [(path: String, kept: String)] {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    let pairs = zip(lines, lines.dropFirst()).lazy.compactMap { (step, via) -> (path: String, kept: String)? in
      let words = step.split(separator: " ", maxSplits: 4)
      guard words.count == 5, words[0] == "step", words[1] != "-", let kept = via.value(after: "via ") else { return nil }
      return (String(words[4]), kept)
    }
    return Array(pairs.prefix(limit))
  }

  /// A path that a journal may speak of: nothing of version control.
  fileprivate static func path(_ text: String) -> TreePath? {
    guard let path = TreePath(text), !path.leadsIntoGit else { return nil }
    return path
  }
}

extension Journal.Entry {
  fileprivate init?(_ step: String, _ via: String) {
    let words = step.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard words.count == 4, let before = Snapshot(token: words[0]), let after = Snapshot(token: words[1]), let path = Journal.path(words[3]),
      let temporary = Journal.path(via)
    else { return nil }
    // Nothing but a run's own names is ever cleared away.
    guard StateFolder.isTemporary(temporary) else { return nil }
    self.init(path: path, before: before, after: after, temporary: temporary)
    guard words[2] != "-" else { return }
    let numbers = words[2].split(separator: ":").compactMap { UInt64($0) }
    guard numbers.count == 2 else { return nil }
    identity = FileIdentity(device: numbers[0], number: numbers[1])
  }
}

extension Snapshot {
  /// `-`, `f` and the digest, or `l` and the target in hexadecimal digits.
  fileprivate var token: String {
    switch self {
    case .absent: "-"
    case .file(let digest): "f\(digest)"
    case .symlink(let target): "l" + target.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  fileprivate init?(token: String) {
    if token == "-" {
      self = .absent
    } else if let hex = token.value(after: "f") {
      guard let digest = Digest(hex: Array(hex.utf8)) else { return nil }
      self = .file(digest)
    } else if let hex = token.value(after: "l") {
      let digits = Array(hex.utf8)
      let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16) }
      guard bytes.count * 2 == digits.count else { return nil }
      self = .symlink(target: bytes)
    } else {
      return nil
    }
  }
}

extension String {
  fileprivate func value(after prefix: String) -> String? {
    utf8.starts(with: prefix.utf8) ? String(dropFirst(prefix.count)) : nil
  }

  /// The last line with its line break, when it begins so.
  fileprivate func range(ofLastLine prefix: String) -> Range<Index>? {
    guard utf8.last == UInt8(ascii: "\n") else { return nil }
    let start = utf8.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { utf8.index(after: $0) } ?? startIndex
    return self[start...].utf8.starts(with: prefix.utf8) ? start..<endIndex : nil
  }
}
