package import FileTree
package import Planning

/// What aiwg wrote in earlier runs, by digest: the base of a three-way merge once an output and its source have both changed.
///
/// A cache: without it, the history of version control has the same bytes. Each run adds one file of entries `digest size`, line break, bytes, line break.
package struct Bases {
  private static let folder = TreePath(known: ".aiwg/state/base")
  private static let newFile = TreePath(known: ".aiwg/state/base/new")
  /// What is longer is not kept: nobody edits it by hand.
  private static let mostBytesOfOutput = 1 << 20
  /// Of all files together.
  private static let mostBytes = 32 << 20
  private static let mostFiles = 24

  private struct Entry {
    var digest: Digest
    var bytes: ArraySlice<UInt8>
  }

  /// Adds what a plan that was carried out has written.
  /// - Throws: `TreeError` when it cannot be kept; what was kept before is still there.
  package static func record(_ plan: Plan, in tree: inout some WritableTree) throws(TreeError) {
    var pack = Pack()
    var known: Set<Digest> = []
    for change in plan.changes where change.decision != .keep && change.conflict == nil {
      guard let digest = change.desired, let output = change.output, !known.contains(digest) else { continue }
      guard let parts = try parts(of: output), pack.count + byteCount(of: parts) < mostBytes else { continue }
      known.insert(digest)
      pack.append(digest, parts)
    }
    guard pack.count > 0 else { return }
    try StateFolder.open(in: &tree)
    _ = try tree.makeFolder(folder)
    let numbers = try numbers(in: tree)
    var size = pack.count
    for number in numbers { if case .file(let bytes, _) = try tree.observe(file(number)) { size += bytes } }
    guard size > mostBytes || numbers.count >= mostFiles else { return try write(pack, as: (numbers.last ?? 0) + 1, in: &tree) }
    let joined = try joined(known, pack, with: numbers.reversed(), keeping: plan.recordedDigests, in: tree)
    try write(joined, as: (numbers.last ?? 0) + 1, in: &tree)
    for number in numbers { try tree.remove(file(number)) }
  }

  /// The bytes that have a digest; nil when they were not kept.
  package static func bytes(of digest: Digest, in tree: some ReadableTree) throws(TreeError) -> [UInt8]? {
    for number in try numbers(in: tree).reversed() {
      for entry in entries(of: try tree.read(file(number))) where entry.digest == digest {
        let bytes = Array(entry.bytes)
        // A file that was cut short has other bytes than it says.
        if Digest(of: bytes) == digest { return bytes }
      }
    }
    return nil
  }

  /// Forgets everything.
  package static func clear(in tree: inout some WritableTree) throws(TreeError) {
    guard case .directory = try tree.observe(folder) else { return }
    for name in try tree.names(in: folder) where Int(name) != nil || name == newFile.name {
      if let path = TreePath(name) { try tree.remove(folder.appending(path)) }
    }
    _ = try tree.removeFolder(folder)
    try StateFolder.close(in: &tree)
  }

  /// The bytes of an output, those in memory not copied; nil for what is not kept.
  private static func parts(of output: DesiredOutput) throws(TreeError) -> [ArraySlice<UInt8>]? {
    let parts: [ArraySlice<UInt8>]
    switch output.form {
    case .settings: return nil
    case .block(let bytes, _), .file(.bytes(let bytes), _): parts = [bytes[...]]
    case .file(.parts(let all), _): parts = all
    case .file(.copy(let path, let tree), _):
      guard case .file(let size, _) = try tree.observe(path), size <= mostBytesOfOutput else { return nil }
      parts = [try tree.read(path)[...]]
    }
    return byteCount(of: parts) <= mostBytesOfOutput ? parts : nil
  }

  private static func byteCount(of parts: [ArraySlice<UInt8>]) -> Int { parts.reduce(0) { $0 + $1.count } }

  /// Entries on their way into a file, in the pieces that they came in.
  private struct Pack {
    private(set) var parts: [ArraySlice<UInt8>] = []
    private static let end: ArraySlice<UInt8> = [UInt8(ascii: "\n")]
    /// Bytes.
    private(set) var count = 0

    mutating func append(_ digest: Digest, _ content: [ArraySlice<UInt8>]) {
      var head: [UInt8] = []
      digest.appendHex(to: &head)
      head += " \(byteCount(of: content))\n".utf8
      add(head[...])
      for part in content { add(part) }
      add(Self.end)
    }

    private mutating func add(_ part: ArraySlice<UInt8>) {
      parts.append(part)
      count += part.count
    }
  }

  /// One file of what is still recorded, the newest first, as far as there is room.
  private static func joined(
    _ known: Set<Digest>, _ pack: Pack, with numbers: [Int], keeping wanted: Set<Digest>, in tree: some ReadableTree
  ) throws(TreeError) -> Pack {
    var (out, known) = (pack, known)
    for number in numbers {
      for entry in entries(of: try tree.read(file(number))) where wanted.contains(entry.digest) && out.count + entry.bytes.count < mostBytes / 2 {
        if known.insert(entry.digest).inserted { out.append(entry.digest, [entry.bytes]) }
      }
    }
    return out
  }

  private static func entries(of pack: [UInt8]) -> [Entry] {
    var out: [Entry] = []
    var position = 0
    while position < pack.count, let end = pack[position...].firstIndex(of: UInt8(ascii: "\n")) {
      let words = pack[position..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 2, let digest = Digest(hex: words[0].utf8), let size = Int(words[1]), size >= 0, size <= pack.count - end - 1 else {
        break
      }
      out.append(Entry(digest: digest, bytes: pack[(end + 1)..<(end + 1 + size)]))
      position = end + size + 2
    }
    return out
  }

  /// Of the files, in the order in which they were written.
  private static func numbers(in tree: some ReadableTree) throws(TreeError) -> [Int] {
    guard case .directory = try tree.observe(folder) else { return [] }
    return try tree.names(in: folder).compactMap { Int($0) }.sorted()
  }

  private static func file(_ number: Int) -> TreePath { TreePath("\(folder)/\(number)") ?? newFile }

  private static func write(_ pack: Pack, as number: Int, in tree: inout some WritableTree) throws(TreeError) {
    if try tree.observe(newFile) != .absent { try tree.remove(newFile) }
    try tree.create(newFile, .parts(pack.parts), mode: .plain)
    try tree.move(newFile, to: file(number))
  }
}

extension Plan {
  /// Of all outputs that the locks are to list.
  fileprivate var recordedDigests: Set<Digest> {
    Set([nextRecord, nextLocal].flatMap { $0.claims.values.joined().map(\.digest) })
  }
}
