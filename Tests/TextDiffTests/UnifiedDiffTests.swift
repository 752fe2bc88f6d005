import Foundation
import TestSupport
import Testing
import TextDiff

struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, context: Int = 3) -> String {
    unifiedDiff(old: Array(old.utf8), new: Array(new.utf8), oldName: "a/x", newName: "b/x", context: context)
  }

  @Test func equalTextsHaveNone() {
    #expect(diff("a\n", "a\n").isEmpty)
    #expect(diff("", "").isEmpty)
  }

  @Test func changesStandInTheirContext() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacingOccurrences(of: "10\n", with: "ten\n")
    #expect(diff(old, new) == "--- a/x\n+++ b/x\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n")
    #expect(diff(old, new, context: 0) == "--- a/x\n+++ b/x\n@@ -10 +10 @@\n-10\n+ten\n")
  }

  @Test func aNewAndAnEmptiedFile() {
    #expect(diff("", "a\nb\n") == "--- a/x\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n")
    #expect(diff("a\n", "") == "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n")
  }

  @Test func aMissingLastLineBreakIsSaid() {
    #expect(diff("a", "a\n") == "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(diff("a\r\n", "a\n") == "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\r\n+a\n")
  }

  @Test func whatIsNoTextOnlyDiffers() {
    #expect(diff("a\u{0}", "b") == "Binary files a/x and b/x differ\n")
    #expect(unifiedDiff(old: [0xFF], new: [0x41], oldName: "a/x", newName: "b/x") == "Binary files a/x and b/x differ\n")
  }

  @Test func tenThousandDifferentLinesAreNoTrouble() {
    let old = (0..<10_000).map { "old \($0)\n" }.joined()
    let new = (0..<10_000).map { "new \($0)\n" }.joined()
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(diff("same\n" + old + "end\n", "same\n" + new + "end\n").hasPrefix("--- a/x\n+++ b/x\n@@ -1,10002 +1,10002 @@\n"))
    }
    #expect(time < .seconds(20))
  }

  /// As many changed lines as `diff` finds, and a patch that `git apply` takes.
  @Test(arguments: [UInt64](0..<4))
  func agreesWithTheSystem(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aiwg-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for round in 0..<25 {
      let words = ["a\n", "b\n", "c\n", "\n", "d\r\n", "é\n"]
      func text() -> String {
        let lines = (0..<Int.random(in: 0...40, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        return lines.joined() + (Bool.random(using: &random) ? "end" : "")
      }
      let (old, new) = (text(), text())
      let patch = diff(old, new, context: Int.random(in: 0...4, using: &random))
      guard !patch.isEmpty else { continue }
      try Data(old.utf8).write(to: folder.appendingPathComponent("x"))
      try Data(new.utf8).write(to: folder.appendingPathComponent("y"))
      try Data(patch.utf8).write(to: folder.appendingPathComponent("p"))
      let minimal = try run("diff --minimal x y | grep -c '^[<>]'", in: folder).output
      let changed = patch.utf8.split(separator: UInt8(ascii: "\n")).dropFirst(2).count {
        $0.first == UInt8(ascii: "-") || $0.first == UInt8(ascii: "+")
      }
      #expect("\(changed)\n" == minimal, "seed \(seed) round \(round)")
      let applied = try run("git apply --unidiff-zero --whitespace=nowarn p && cmp x y", in: folder)
      #expect(applied.status == 0, "seed \(seed) round \(round): \(applied.output)\n\(patch)")
    }
  }

  private func run(_ command: String, in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command + " 2>&1"]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
