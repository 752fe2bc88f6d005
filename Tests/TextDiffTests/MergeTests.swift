import TestSupport
import Testing
import TextDiff

struct MergeTests {
  private func merged(_ base: String, _ ours: String, _ theirs: String) -> Merge {
    merge(base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8))
  }

  /// Settled text as it is, conflicts as `<base|ours|theirs>`.
  private func shown(_ merge: Merge) -> String {
    merge.parts.map { part in
      switch part {
      case .settled(let bytes): String(decoding: bytes, as: UTF8.self)
      case .conflict(let conflict):
        "<" + [conflict.base, conflict.ours, conflict.theirs].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|") + ">"
      }
    }.joined()
  }

  @Test(arguments: [
    // Nothing, one side, both alike.
    ("", "", "", ""), ("a\n", "a\n", "a\n", "a\n"), ("a\n", "b\n", "a\n", "b\n"), ("a\n", "a\n", "", ""), ("", "a\n", "a\n", "a\n"),
    ("a\n", "", "", ""), ("", "a", "", "a"),
    // An unchanged line keeps changes apart.
    ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"), ("a\nb\n", "x\na\nb\n", "a\nb\ny\n", "x\na\nb\ny\n"),
    ("a\nb\nc\n", "b\nc\n", "a\nb\nc\nd\n", "b\nc\nd\n"),
    // Changes that overlap or touch.
    ("a\nb\nc\n", "A\nb\nc\n", "a\nB\nc\n", "<a\nb\n|A\nb\n|a\nB\n>c\n"), ("a\n", "b\n", "c\n", "<a\n|b\n|c\n>"),
    ("a\n", "x\na\n", "b\n", "<a\n|x\na\n|b\n>"), ("a\n", "", "b\n", "<a\n||b\n>"),
    ("a\nb\nc\n", "c\n", "a\nB\nc\n", "<a\nb\n||a\nB\n>c\n"),
    // A chain: each change touches one of the other side.
    ("1\n2\n3\n4\n5\n", "1\nX\nY\n4\n5\n", "a\n2\nb\nc\n5\n", "<1\n2\n3\n4\n|1\nX\nY\n4\n|a\n2\nb\nc\n>5\n"),
    // Insertions at one spot.
    ("a\nb\n", "a\nx\nb\n", "a\ny\nb\n", "a\n<|x\n|y\n>b\n"), ("", "x\n", "y\n", "<|x\n|y\n>"), ("a\n", "a\nx\n", "a\nx\ny\n", "a\nx\n<||y\n>"),
    // What is alike at the ends is settled.
    ("a\n", "1\nx\n2\n", "1\ny\n2\n", "1\n<a\n|x\n|y\n>2\n"), ("a\nb\n", "1\nx\n", "1\ny\n", "1\n<a\nb\n|x\n|y\n>"),
    // The last line break and the kind of line break count.
    ("a", "a\n", "a", "a\n"), ("a", "a\nb", "a", "a\nb"), ("a", "a\nb", "c", "<a|a\nb|c>"),
    ("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\n", "A\r\nb\r\n"),
    ("a\nb\n", "a\r\nb\n", "a\nb\n", "a\r\nb\n"), ("a\n", "a\r\n", "b\n", "<a\n|a\r\n|b\n>"),
  ])
  func examples(_ base: String, _ ours: String, _ theirs: String, _ expected: String) {
    #expect(shown(merged(base, ours, theirs)) == expected)
  }

  @Test func aConflictSaysWhereItIs() {
    let merge = merged("a\nb\nc\nd\n", "new\na\nb\nC\nd\n", "a\nb\nX\nY\nd\nz\n")
    let conflict = MergeConflict(
      base: Array("c\n".utf8), ours: Array("C\n".utf8), theirs: Array("X\nY\n".utf8), baseLine: 3, oursLine: 4, theirsLine: 3)
    #expect(merge.parts == [.settled(Array("new\na\nb\n".utf8)), .conflict(conflict), .settled(Array("d\nz\n".utf8))])
    #expect(merge.settled == nil && merge.hasConflicts)
    #expect(merge.bytes(preferring: .ours) == Array("new\na\nb\nC\nd\nz\n".utf8))
    #expect(merge.bytes(preferring: .theirs) == Array("new\na\nb\nX\nY\nd\nz\n".utf8))
  }

  @Test func theSizeOfADifference() {
    func size(_ old: String, _ new: String) -> Int { changedLines(from: Array(old.utf8), to: Array(new.utf8)) }
    #expect(size("a\nb\n", "a\nb\n") == 0)
    #expect(size("", "a\nb\n") == 2)
    #expect(size("a\nb\nc\n", "x\nb\ny\nz\n") == 3)
    #expect(size("a\nb\nc", "a") == 3)
    #expect(size("a", "a\n") == 1)
  }

  @Test func tenThousandDifferentLinesAreNoTrouble() {
    func text(_ word: String) -> String { "same\n" + (0..<10_000).map { "\(word) \($0)\n" }.joined() + "end\n" }
    let merge = merged(text("base"), text("ours"), text("theirs"))
    #expect(merge.parts.count == 3 && merge.hasConflicts)
    #expect(merge.bytes(preferring: .theirs) == Array(text("theirs").utf8))
    #expect(merged(text("base"), text("ours"), text("base")).settled == Array(text("ours").utf8))
  }
}

/// Laws for texts of few words, where lines are often alike.
struct MergeLawTests {
  private static func text(_ random: inout SeededGenerator) -> [UInt8] {
    let words = ["a\n", "b\n", "c\n", "\n", "d\r\n", "é\n"]
    let lines = (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
    return Array((lines.joined() + (Int.random(in: 0..<4, using: &random) == 0 ? "end" : "")).utf8)
  }

  /// A text with some lines replaced, removed, repeated or new.
  private static func edited(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var lines = lines(text)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let index = Int.random(in: 0...lines.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: lines.insert(["new\n", "a\n", "\n", "more\n"].randomElement(using: &random).map { Array($0.utf8) } ?? [], at: index)
      case 1: if index < lines.count { lines.remove(at: index) }
      default: if index < lines.count { lines[index] = Array("changed\n".utf8) }
      }
    }
    return Array(lines.joined())
  }

  private static func lines(_ text: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in text {
      if lines.last?.last ?? 0x0A == 0x0A { lines.append([]) }
      lines[lines.count - 1].append(byte)
    }
    return lines
  }

  private static func counts(_ texts: [[UInt8]]) -> [[UInt8]: Int] {
    texts.reduce(into: [:]) { counts, text in for line in lines(text) { counts[line, default: 0] += 1 } }
  }

  @Test(arguments: [UInt64](0..<8))
  func lawsOfMerging(seed: UInt64) {
    var random = SeededGenerator(seed: 0x3E46E + seed)
    for round in 0..<1_000 {
      let base = Self.text(&random)
      let ours = Bool.random(using: &random) ? Self.edited(base, &random) : Self.text(&random)
      let theirs = Bool.random(using: &random) ? Self.edited(base, &random) : Self.text(&random)
      let name: Testing.Comment = "seed \(seed) round \(round): \([base, ours, theirs].map { String(decoding: $0, as: UTF8.self) })"
      #expect(merge(base: base, ours: ours, theirs: base).settled == ours, name)
      #expect(merge(base: base, ours: base, theirs: theirs).settled == theirs, name)
      #expect(merge(base: base, ours: ours, theirs: ours).settled == ours, name)

      let merged = merge(base: base, ours: ours, theirs: theirs)
      #expect(merge(base: base, ours: theirs, theirs: ours).parts == merged.parts.map(\.swapped), name)
      #expect(merged.settled == (merged.hasConflicts ? nil : merged.bytes(preferring: .ours)), name)
      checkLines(of: merged, base, ours, theirs, name)
    }
  }

  /// No line that a side has more often than the base is missing, and none comes from nowhere; places are those of the texts.
  private func checkLines(of merged: Merge, _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], _ name: Testing.Comment) {
    let there = Self.counts(
      merged.parts.flatMap { part -> [[UInt8]] in
        switch part {
        case .settled(let bytes): [bytes]
        case .conflict(let conflict): [conflict.ours, conflict.theirs]
        }
      })
    let before = Self.counts([base])
    for side in [ours, theirs] {
      for (line, count) in Self.counts([side]) where count > before[line, default: 0] { #expect(there[line, default: 0] >= 1, name) }
    }
    let known = Self.counts([base, ours, theirs])
    for line in there.keys { #expect(known[line] != nil, name) }
    for case .conflict(let conflict) in merged.parts {
      #expect(conflict.ours != conflict.theirs, name)
      for (text, line, run) in [
        (base, conflict.baseLine, conflict.base), (ours, conflict.oursLine, conflict.ours), (theirs, conflict.theirsLine, conflict.theirs),
      ] {
        #expect(Array(Self.lines(text).dropFirst(line - 1).joined()).starts(with: run), name)
      }
    }
  }

  /// Lines that are all different leave no doubt about what changed, so that the result is known.
  @Test(arguments: [UInt64](0..<8))
  func changesOneLineApartNeverMeet(seed: UInt64) {
    var random = SeededGenerator(seed: 0x3E46E + seed)
    for round in 0..<1_000 {
      var texts: (base: String, ours: String, theirs: String, both: String) = ("", "", "", "")
      for number in 0..<Int.random(in: 0...12, using: &random) {
        let old = (0..<Int.random(in: 0...2, using: &random)).map { "old \(number) \($0)\n" }.joined()
        let new = (0..<Int.random(in: 0...2, using: &random)).map { "new \(number) \($0)\n" }.joined()
        let changes = Int.random(in: 0..<4, using: &random)
        let line = "line \(number)\n"
        texts.base += old + line
        texts.ours += (changes & 1 == 0 ? old : new) + line
        texts.theirs += (changes & 2 == 0 ? old : new) + line
        texts.both += (changes == 0 ? old : new) + line
      }
      let merged = merge(base: Array(texts.base.utf8), ours: Array(texts.ours.utf8), theirs: Array(texts.theirs.utf8))
      #expect(merged.settled == Array(texts.both.utf8), "seed \(seed) round \(round): \(texts)")
    }
  }
}

extension MergePart {
  fileprivate var swapped: MergePart {
    guard case .conflict(let conflict) = self else { return self }
    return .conflict(
      MergeConflict(
        base: conflict.base, ours: conflict.theirs, theirs: conflict.ours, baseLine: conflict.baseLine, oursLine: conflict.theirsLine,
        theirsLine: conflict.oursLine))
  }
}
