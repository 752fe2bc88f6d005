import Diagnostics
import FileTree
import Planning

extension FuzzTarget {
  /// aiwg.lock.
  static let record = FuzzTarget(
    name: "record",
    seeds: {
      let digest = String(repeating: "0123456789abcdef", count: 4)
      let other = String(digest.reversed())
      return [
        "# aiwg.lock 1 · aiwg 0.3.0 · data 5f1c\n\(digest)  .claude/rules/a.md\n# block \(other) AGENTS.md\n# created \(digest) aiwg.yaml\n",
        "# aiwg.lock 1\n\(digest)  a\n\(other)  a\n# block \(digest) a\n", "# aiwg.lock 1\r\n\(digest) *a b\r\n",
        "<<<<<<< ours\n# aiwg.lock 1\n\(digest)  a\n=======\n\(other)  b\n>>>>>>> theirs\n", "# aiwg.lock 2\n",
        "# aiwg.lock 1\n# source \(digest) \(digest.prefix(40)) .aiwg/sources/t v1 https://example.com/t.git a b\n\(other)  .aiwg/sources/t/rules/a.md\n",
      ].map { Array($0.utf8) }
    },
    words: [
      "# aiwg.lock 1", " · ", "# block ", "# created ", "# folder ", "# source ", ".aiwg/sources/", "  ", " *", "<<<<<<< ", ">>>>>>> ", "=======",
      "../", ".git/", "/",
    ]
  ) { bytes in
    guard let (record, findings) = try read(bytes) else { return }
    try checkFindings(findings, about: SourceText(path: "aiwg.lock", bytes: bytes))
    guard !findings.hasErrors else { return }
    for path in Set(record.claims.keys).union(record.created.keys).union(record.pins.keys) { try checkInside(path.bytes) }
    guard let (again, problems) = try read(record.bytes) else { throw BrokenLaw(description: "the lock that was written is not read") }
    try law(!problems.hasErrors, "the lock that was written has errors: \(problems.map(\.message))")
    try law(again.bytes == record.bytes, "the lock changes when it is written again")
    try law(
      again.claims == record.claims && again.created == record.created && again.pins == record.pins,
      "the lock says something else when it was written")
  }

  private static func read(_ bytes: [UInt8]) throws -> (Record, [Diagnostic])? {
    var findings: [Diagnostic] = []
    let file = try RecordFile(from: MemoryTree([Record.path: MemoryTree.Node(bytes: bytes)]), findings: &findings)
    return (file.record, findings)
  }
}

/// A path leads to nothing outside of its root.
package func checkInside(_ bytes: [UInt8]) throws {
  let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  let text = String(decoding: bytes, as: UTF8.self)
  try law(parts.allSatisfy { !["", ".", ".."].contains($0) }, "`\(text)` could lead outside")
  try law(!bytes.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }, "`\(text)` has characters that no path has")
  try law(text.utf8.elementsEqual(bytes), "`\(text)` is not UTF-8")
}
