import Diagnostics
import FileTree
import Foundation
import Planning
import Testing

struct RecordTests {
  static let header = "# aiwg.lock 1 · aiwg 0.3.0 · data 5f1c\n"
  static let hex = Digest(of: [1]).hex
  static let hex2 = Digest(of: [2]).hex

  private func parse(_ text: String) throws -> (Record, [Diagnostic]) {
    var findings: [Diagnostic] = []
    let file = try RecordFile(from: MemoryTree([Record.path: .init(bytes: Array(text.utf8))]), findings: &findings)
    #expect(file.bytes == Array(text.utf8))
    return (file.record, findings)
  }

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  @Test func digestsAreThoseOfTheStandard() throws {
    #expect(Digest(of: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest(hex: Digest(of: [7]).hex.utf8) == Digest(of: [7]))
    #expect(Digest(hex: "BA".utf8) == nil)
  }

  @Test func whatIsWrittenIsRead() throws {
    let record = Record(
      header: .init(version: "0.3.0", data: "5f1c"),
      claims: try [
        path("b"): [.init(Digest(of: [1]))], path("a-b"): [.init(Digest(of: [2]))], path("a/c d"): [.init(Digest(of: [3]))],
        path("AGENTS.md"): [.init(Digest(of: [1]), isBlock: true)],
      ], created: try [path("aiwg.yaml"): [Digest(of: [2])]])
    let text = String(decoding: record.bytes, as: UTF8.self)
    #expect(
      text == Self.header
        + "# block \(Self.hex) AGENTS.md\n\(Self.hex2)  a-b\n\(Digest(of: [3]).hex)  a/c d\n# created \(Self.hex2) aiwg.yaml\n\(Self.hex)  b\n")
    let (read, findings) = try parse(text)
    #expect(findings.isEmpty)
    #expect(read == record)
    let (windows, none) = try parse(text.replacingOccurrences(of: "\n", with: "\r\n"))
    #expect(none.isEmpty && windows == record)
  }

  @Test func pinsStandWithTheirFolder() throws {
    let id = String(repeating: "0123456789abcdef0123", count: 2)
    let pin = Record.Pin(digest: Digest(of: [1]), commit: id, rev: "main", url: "https://example.com/t.git")
    let other = Record.Pin(digest: Digest(of: [2]), commit: id, rev: "v1", url: "git@example.com:t", path: try path("a b/c"))
    let folder = try path(".aiwg/sources/t")
    let record = Record(
      header: .init(version: "0.3.0", data: "5f1c"), claims: try [path(".aiwg/sources/t/rules/a.md"): [.init(Digest(of: [1]))]],
      pins: [folder: [pin, other]])
    let text = String(decoding: record.bytes, as: UTF8.self)
    #expect(
      text == Self.header
        + "# source \(Self.hex) \(id) .aiwg/sources/t main https://example.com/t.git\n"
        + "# source \(Self.hex2) \(id) .aiwg/sources/t v1 git@example.com:t a b/c\n\(Self.hex)  .aiwg/sources/t/rules/a.md\n")
    let (read, findings) = try parse(text)
    #expect(findings.isEmpty && read == record)
    // As a merge may leave it.
    let (doubled, none) = try parse(text + text)
    #expect(none.isEmpty && doubled.pins == record.pins)
  }

  @Test(arguments: [
    "HEX ID .aiwg/sources/t main", "HEX ID .aiwg/sources/t main ", "HEX ID .aiwg/sources/t -x https://e", "HEX ID .aiwg/sources/t main -x",
    "HEX ID .aiwg/sources/t  https://e", "HEX 0123 .aiwg/sources/t main https://e", "HE ID .aiwg/sources/t main https://e",
    "HEX ID .aiwg/sources main https://e", "HEX ID .aiwg/sources/t/u main https://e", "HEX ID sources/t main https://e",
    "HEX ID .aiwg/sources/.. main https://e", "HEX ID .aiwg/sources/.git main https://e", "HEX ID .aiwg/sources/t main https://e ../x",
    "HEX ID .aiwg/sources/t main https://e ", "HEX ID .aiwg/sources/t main\tx https://e",
  ])
  func aPinThatIsNoneIsAFinding(_ line: String) throws {
    let id = String(repeating: "0123456789abcdef0123", count: 2)
    let text = line.replacingOccurrences(of: "HEX", with: Self.hex).replacingOccurrences(of: "ID", with: id)
    let (record, findings) = try parse(Self.header + "# source \(text)\n")
    #expect(record.pins.isEmpty)
    #expect(findings.count == 1 && findings.allSatisfy { ["lock/bad-source", "lock/bad-path"].contains($0.id) && $0.place?.line == 2 })
  }

  @Test func aDigestOfFilesHasTheirPathsAndRunBits() throws {
    let (a, b) = (try path("a"), try path("b"))
    let one = Digest(of: [1])
    let digests = [
      Digest(ofFiles: [a: (one, false)]), Digest(ofFiles: [a: (one, true)]), Digest(ofFiles: [b: (one, false)]),
      Digest(ofFiles: [a: (one, false), b: (one, false)]), Digest(ofFiles: [:]),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test func mergedLinesAreAlternatives() throws {
    let (record, findings) = try parse(Self.header + Self.header + "\(Self.hex)  a\n\(Self.hex2)  a\n\(Self.hex)  a\n")
    #expect(findings.isEmpty)
    #expect(try record.claims == [path("a"): [.init(Digest(of: [1])), .init(Digest(of: [2]))]])
  }

  @Test func noLockIsAnEmptyRecord() throws {
    var findings: [Diagnostic] = []
    let file = try RecordFile(from: MemoryTree(), findings: &findings)
    #expect(file.bytes == nil && file.record.isEmpty && findings.isEmpty)
  }

  @Test(arguments: [
    ("# aiwg.lock 2 · aiwg 9.0\n", ["lock/newer:1"]),
    ("# aiwg.lock 2 · aiwg 9.0\n# another x\nnonsense\n", ["lock/newer:1"]),
    ("# aiwg.lock 0\n", ["lock/no-header:1"]),
    ("# aiwg.lock one\n", ["lock/no-header:1"]),
    ("", ["lock/no-header:0"]),
    ("\(hex)  a\n", ["lock/no-header:0"]),
    (header + "nonsense\n\(hex) a\n\(hex)  a\n", ["lock/bad-line:2", "lock/bad-line:3"]),
    (header + "\(hex.uppercased())  a\n", ["lock/bad-line:2"]),
    (header + "\(hex)  ../../etc/passwd\n\(hex)  /etc/passwd\n\(hex)  a/./b\n", ["lock/bad-path:2", "lock/bad-path:3", "lock/bad-path:4"]),
    (header + "# block \(hex) ../x\n# created nothing\n", ["lock/bad-path:2", "lock/bad-line:3"]),
    (header + "\(hex)  .git/hooks/post-commit\n\(hex)  a/.GIT/x\n\(hex)  git~1/x\n", ["lock/bad-path:2", "lock/bad-path:3", "lock/bad-path:4"]),
    (
      header + "# block \(hex) .g\u{200C}it/config\n# created \(hex) .git./config\n# folder .Git/hooks\n",
      ["lock/bad-path:2", "lock/bad-path:3", "lock/bad-path:4"]
    ),
    (header + "# a remark\n", ["lock/unknown-line:2"]),
    (header + "\\\(hex)  a\\nb\n", ["lock/bad-line:2"]),
  ])
  func badLinesAreFindings(text: String, expected: [String]) throws {
    let (_, findings) = try parse(text)
    #expect(findings.map { "\($0.id):\($0.place?.line ?? 0)" } == expected)
    #expect(findings.allSatisfy { $0.help != nil && $0.severity == .error })
  }

  @Test func anUnfinishedMergeIsBothSides() throws {
    let text =
      Self.header
      + "<<<<<<< ours\n\(Self.hex)  a\n||||||| base\n\(Self.hex)  c\nnonsense\n=======\n\(Self.hex2)  a\n\(Self.hex2)  b\n>>>>>>> theirs\n"
    let (record, findings) = try parse(text)
    #expect(findings.map { "\($0.severity) \($0.id):\($0.place?.line ?? 0)" } == ["warning lock/conflict:2"])
    #expect(try record.claims == [path("a"): [.init(Digest(of: [1])), .init(Digest(of: [2]))], path("b"): [.init(Digest(of: [2]))]])
  }

  @Test func garbageIsCutShort() throws {
    let (_, findings) = try parse(String(repeating: "garbage\n", count: 100_000))
    #expect(findings.count == 20)
  }

  /// As quickly as lines about as many paths, however busy the machine is.
  @Test(arguments: ["# block %@ one", "%@  one", "# created %@ one"])
  func manyLinesAboutOnePathAreReadQuickly(_ form: String) throws {
    let (lead, tail) = (String(form.prefix { $0 != "%" }), form.drop { $0 != "@" }.dropFirst())
    let digests = (0..<20_000).map { Digest(of: Array(String($0).utf8)).hex }
    func time(_ isOnePath: Bool) throws -> Duration {
      let lines = digests.enumerated().map { lead + $1 + tail + (isOnePath ? "" : String($0)) + "\n" }
      return try ContinuousClock().measure {
        let (record, findings) = try parse(Self.header + lines.joined())
        #expect(findings.isEmpty)
        #expect((record.claims.values.map(\.count) + record.created.values.map(\.count)).reduce(0, +) == digests.count)
        #expect(record.bytes.count > 64 * digests.count)
      }
    }
    #expect(try time(true) < time(false) * 8)
  }

  @Test func aLongLineIsShownInShort() throws {
    let long = String(repeating: "x", count: 1 << 20)
    for line in [long, "# \(long)", "# folder /\(long)", "\(Self.hex) \(long)", "<<<<<<< \(long)"] {
      let (_, findings) = try parse(Self.header + line + "\n")
      #expect(findings.count == 1 && findings.allSatisfy { $0.message.count < 1_000 && ($0.place?.excerpt?.count ?? 0) < 1_000 })
    }
  }

  @Test func whatLiesTooDeepIsNotOurs() throws {
    let deep = String(repeating: "d/", count: 256) + "f"
    let (record, findings) = try parse(Self.header + "\(Self.hex)  \(deep)\n\(Self.hex)  \(deep.dropFirst(2))\n")
    #expect(findings.map { "\($0.id):\($0.place?.line ?? 0)" } == ["lock/bad-path:2"])
    #expect(record.claims.count == 1)
  }

  @Test func aLockThatIsNoFileIsAFinding() throws {
    var findings: [Diagnostic] = []
    _ = try RecordFile(from: MemoryTree([Record.path: .init(kind: .symlink, bytes: [1])]), findings: &findings)
    #expect(findings.map(\.id) == ["lock/not-a-file"])
  }

  @Test func coreutilsAcceptTheLock() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aiwg-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("d"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data([1]).write(to: folder.appendingPathComponent("d/a file"))
    let record = Record(
      header: .init(version: "0.3.0", data: "5f1c"),
      claims: try [path("d/a file"): [.init(Digest(of: [1]))], path("AGENTS.md"): [.init(Digest(of: [1]), isBlock: true)]])
    try Data(record.bytes).write(to: folder.appendingPathComponent("aiwg.lock"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", "--strict", "-c", "aiwg.lock"]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(output == "d/a file: OK\n")
  }
}
