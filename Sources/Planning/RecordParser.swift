package import Diagnostics
package import FileTree

/// aiwg.lock as it was read, and the lock of what is not committed.
package struct RecordFile: Sendable {
  /// Over a million lines.
  private static let mostBytes = 256 << 20

  /// What both say together.
  package var record: Record
  /// The bytes of aiwg.lock; nil when there is none.
  package var bytes: [UInt8]?
  /// What aiwg.lock says alone.
  package let committed: Record
  /// What the lock of uncommitted outputs says.
  package let local: Record
  /// The bytes of that; nil when there is none, as in a bare checkout.
  package let localBytes: [UInt8]?

  package init(record: Record = Record(), bytes: [UInt8]? = nil, local: Record = Record(), localBytes: [UInt8]? = nil) {
    (committed, self.bytes, self.local, self.localBytes) = (record, bytes, local, localBytes)
    self.record = record.joined(with: local)
  }

  /// Reads and parses the locks of a tree; findings are appended, and with an error among them the record is not to be used.
  /// - Throws: `TreeError` when one is there and cannot be read.
  package init(from tree: some ReadableTree, findings: inout [Diagnostic]) throws(TreeError) {
    let (record, bytes) = try Self.read(Record.path, from: tree, findings: &findings)
    let (local, localBytes) = try Self.read(Record.localPath, from: tree, findings: &findings)
    self.init(record: record, bytes: bytes, local: local, localBytes: localBytes)
  }

  private static func read(
    _ path: TreePath, from tree: some ReadableTree, findings: inout [Diagnostic]
  ) throws(TreeError) -> (Record, [UInt8]?) {
    let observed = try tree.observe(path)
    switch observed {
    case .absent: return (Record(), nil)
    // Nothing is behind what bars the way to the folder of the state; whoever writes there meets it again.
    case .blocked where path == Record.localPath: return (Record(), nil)
    case .file(let size, _):
      guard size <= mostBytes, case .bytes(let bytes) = try tree.read(path, atMost: mostBytes) else {
        findings.append(
          Diagnostic(
            .error, "lock/too-large", "`\(path)` has more than \(mostBytes) bytes, which no lock has", at: SourcePlace(path: path.text),
            help: path == Record.path ? "bring the file back from version control" : "delete it and run `aiwg sync`"))
        return (Record(), nil)
      }
      let source = SourceText(path: path.text, bytes: bytes)
      var parser = RecordParser(source: source)
      let record = parser.parse()
      findings += parser.findings
      return (record, source.bytes)
    default:
      findings.append(
        Diagnostic(.error, "lock/not-a-file", "`\(path)` is not a regular file", at: SourcePlace(path: path.text), help: "move it out of the way"))
      return (Record(), nil)
    }
  }
}

/// Reads the lines of aiwg.lock.
///
/// They are claims by whoever wrote the file: a path must be one that cannot escape.
struct RecordParser {
  /// A file of garbage is not worth a finding for each of its lines.
  private static let mostFindings = 20
  private static let wayOut = "delete the line and run `aiwg sync`"
  /// Of a line that is shown; a file of garbage may be one line.
  private static let mostShown = 400
  /// No version is longer; what is none is not written again.
  private static let mostOfVersion = 64
  /// Nothing that is rendered lies deeper, and each folder above a path is looked at.
  private static let mostDepth = 4 * mostFolderDepth

  let source: SourceText
  private(set) var findings: [Diagnostic] = []
  private var record = Record()
  private var hasHeader = false
  private var hasConflict = false
  /// Whether it has a version that this aiwg does not know, and so lines that it does not either.
  private var isNewer = false
  /// Between `|||||||` and `=======`, where some merges show what both sides came from.
  private var isInBase = false

  init(source: SourceText) {
    self.source = source
  }

  mutating func parse() -> Record {
    for (index, line) in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard findings.count < Self.mostFindings, !isNewer else { break }
      take(line.last == UInt8(ascii: "\r") ? line.dropLast() : line, number: index + 1)
    }
    record.dropRepeatedClaims()
    if !hasHeader && !findings.hasErrors { reportMissingHeader(nil) }
    return record
  }

  private mutating func reportMissingHeader(_ line: (Int, String)?) {
    report(
      "lock/no-header", "the first line `# aiwg.lock \(Record.formatVersion)` is missing", line,
      help: "bring the file back from version control, or delete it and run `aiwg sync`")
  }

  private mutating func take(_ line: ArraySlice<UInt8>, number: Int) {
    if line.isEmpty { return }
    // Nearly every line is one of these.
    if !isInBase, line.count > 66, let first = line.first, (0x30...0x39).contains(first) || (0x61...0x66).contains(first) {
      return takeEntry(line, separators: ["  ", " *"], number: number) { $0.claims[$1, default: []].append(Record.Claim($2)) }
    }
    if isMergeMarker(line, number: number) || isInBase { return }
    let text = Self.shown(line)
    if text.hasPrefix("# aiwg.lock ") {
      takeHeader(text, number: number)
    } else if let rest = line.rest(after: "# block ") {
      takeEntry(rest, separators: [" "], number: number) { $0.claims[$1, default: []].append(Record.Claim($2, isBlock: true)) }
    } else if let rest = line.rest(after: "# created ") {
      takeEntry(rest, separators: [" "], number: number) { $0.created[$1, default: []].insert($2) }
    } else if let rest = line.rest(after: "# folder ") {
      guard let folder = path(rest, (number, text)) else { return }
      record.folders.insert(folder)
    } else if let rest = line.rest(after: "# member ") {
      takePiece(rest, isElement: false, (number, text))
    } else if let rest = line.rest(after: "# element ") {
      takePiece(rest, isElement: true, (number, text))
    } else if let rest = line.rest(after: "# container ") {
      takeContainer(rest, (number, text))
    } else if let rest = line.rest(after: "# source ") {
      takePin(rest, (number, text))
    } else if line.first == UInt8(ascii: "#") {
      report("lock/unknown-line", "this line says nothing that this aiwg knows", (number, text), help: "delete the line and run `aiwg sync`")
    } else {
      takeEntry(line, separators: ["  ", " *"], number: number) { $0.claims[$1, default: []].append(Record.Claim($2)) }
    }
  }

  /// Whether a line is a marker of an unfinished merge: the lines of both sides count, and the next lock has none.
  private mutating func isMergeMarker(_ line: ArraySlice<UInt8>, number: Int) -> Bool {
    guard let first = line.first, "<=>|".utf8.contains(first), line.prefix(7).count == 7, line.prefix(7).allSatisfy({ $0 == first }) else {
      return false
    }
    isInBase = first == UInt8(ascii: "|")
    if !hasConflict {
      report(
        "lock/conflict", "`\(source.path)` has the markers of an unfinished merge; the lines of both sides are read",
        (number, Self.shown(line)), .warning,
        help: "finish the merge of the other files, and run `aiwg sync`, which writes it anew")
    }
    hasConflict = true
    return true
  }

  private mutating func takeHeader(_ text: String, number: Int) {
    let fields = text.dropFirst("# aiwg.lock ".count).split(separator: " · ").map(String.init)
    let version = fields.first ?? ""
    guard (1...Record.formatVersion).contains(where: { "\($0)" == version }) else {
      isNewer = version.utf8.allSatisfy { (0x30...0x39).contains($0) } && !version.hasPrefix("0") && !version.isEmpty
      guard isNewer else { return reportMissingHeader((number, text)) }
      return report(
        "lock/newer", "`\(source.path)` has version `\(version)`, and this aiwg reads version \(Record.formatVersion)", (number, text),
        help: "update aiwg: the one that wrote it reads it, and so does a newer one")
    }
    func value(_ key: String) -> String {
      let value = fields.first { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) } ?? ""
      return value.utf8.count <= Self.mostOfVersion && value.utf8.allSatisfy(\.isOfVersion) ? value : ""
    }
    if !hasHeader { record.header = Record.Header(version: value("aiwg "), data: value("data ")) }
    hasHeader = true
  }

  private mutating func takeEntry(
    _ line: ArraySlice<UInt8>, separators: [String], number: Int, _ take: (inout Record, TreePath, Digest) -> Void
  ) {
    var whole: (Int, String) { (number, Self.shown(source.line(around: line))) }
    guard let digest = Digest(hex: line.prefix(64)), let path = separators.compactMap({ line.dropFirst(64).rest(after: $0) }).first else {
      return report("lock/bad-line", "this is not a SHA-256, blanks and a path", whole, help: Self.wayOut)
    }
    if let path = self.path(path, whole) { take(&record, path, digest) }
  }

  private mutating func takePiece(_ line: ArraySlice<UInt8>, isElement: Bool, _ whole: (Int, String)) {
    let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let digest = Digest(hex: parts[0]), let pointer = SettingsPointer(parts[1]), pointer.before == nil else {
      return report("lock/bad-line", "this is not a SHA-256, the way to a setting and a path", whole, help: Self.wayOut)
    }
    guard let path = self.path(parts[2], whole) else { return }
    record.settings[path, default: Record.Settings()].pieces.insert(.init(path: pointer.path, isElement: isElement, digest: digest))
  }

  private mutating func takeContainer(_ line: ArraySlice<UInt8>, _ whole: (Int, String)) {
    let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let pointer = SettingsPointer(parts[0]) else {
      return report("lock/bad-line", "this is not the way to a setting and a path", whole, help: Self.wayOut)
    }
    guard let path = self.path(parts[1], whole) else { return }
    record.settings[path, default: Record.Settings()].containers.insert(.init(path: pointer.path, before: pointer.before))
  }

  /// A line such as `# source DIGEST COMMIT .aiwg/sources/team v1 https://example.com/team.git context`.
  private mutating func takePin(_ line: ArraySlice<UInt8>, _ whole: (Int, String)) {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5, omittingEmptySubsequences: false)
    guard words.count >= 5, let digest = Digest(hex: words[0]), words[1].isCommit, words[3].isPlain, words[4].isPlain else {
      return report("lock/bad-source", "this is not a SHA-256, a commit, a folder, a revision and an address", whole, help: Self.wayOut)
    }
    guard let folder = path(words[2], whole) else { return }
    guard folder.parent == Record.copies else {
      return report("lock/bad-source", "`\(Self.shown(words[2]))` is no folder in `\(Record.copies)`", whole, help: Self.wayOut)
    }
    var pin = Record.Pin(
      digest: digest, commit: String(decoding: words[1], as: UTF8.self), rev: String(decoding: words[3], as: UTF8.self),
      url: String(decoding: words[4], as: UTF8.self))
    if words.count > 5 {
      guard let inside = path(words[5], whole) else { return }
      pin.path = inside
    }
    if record.pins[folder]?.contains(pin) != true { record.pins[folder, default: []].append(pin) }
  }

  /// A path that aiwg can have left something at; nil, with a finding, for any other.
  private mutating func path(_ bytes: ArraySlice<UInt8>, _ line: (number: Int, text: String)) -> TreePath? {
    let what: String
    switch TreePath(bytes: Array(bytes)) {
    case nil: what = "is not a path inside the repository"
    case let path? where path.leadsIntoGit: what = "is git's own, and aiwg leaves nothing there"
    case let path? where path.depth > Self.mostDepth: what = "lies deeper than anything that aiwg writes"
    case let path?: return path
    }
    report("lock/bad-path", "`\(Self.shown(bytes))` \(what)", line, help: Self.wayOut)
    return nil
  }

  private static func shown(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.prefix(mostShown), as: UTF8.self) + (line.count > mostShown ? "…" : "")
  }

  private mutating func report(
    _ id: String, _ message: String, _ line: (number: Int, text: String)?, _ severity: Diagnostic.Severity = .error, help: String
  ) {
    let place = SourcePlace(path: source.path, line: line?.number, column: line.map { _ in 1 }, excerpt: line?.text, width: line?.text.count ?? 1)
    findings.append(Diagnostic(severity, id, message, at: place, help: help))
  }
}

extension Record {
  /// Lines that a merge doubled say nothing new; the order of the others stays.
  fileprivate mutating func dropRepeatedClaims() {
    for (path, all) in claims where all.count > 1 {
      var seen: Set<Claim> = []
      claims[path] = all.filter { seen.insert($0).inserted }
    }
  }
}

extension UInt8 {
  fileprivate var isOfVersion: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: ".+-_".utf8.contains(self)
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether it is the full id of a commit, by either of git's digests.
  fileprivate var isCommit: Bool {
    (count == 40 || count == 64) && allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// A word without blanks and control characters that is no option either.
  fileprivate var isPlain: Bool {
    !isEmpty && count <= 1024 && first != UInt8(ascii: "-") && allSatisfy { $0 > 0x20 && $0 != 0x7F }
      && String(validating: self, as: UTF8.self) != nil
  }

  fileprivate func rest(after prefix: String) -> ArraySlice<UInt8>? {
    starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
  }
}

extension SourceText {
  /// The whole line that a slice of the file's bytes ends.
  fileprivate func line(around slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes[..<slice.startIndex].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return bytes[start..<slice.endIndex]
  }
}
