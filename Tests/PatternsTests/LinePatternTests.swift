import Foundation
import Patterns
import TestSupport
import Testing

/// Patterns mean what `grep -E` takes them for.
struct LinePatternTests {
  private func match(_ pattern: String, _ line: String) throws -> String? {
    let bytes = Array(line.utf8)
    return try LinePattern(pattern).firstMatch(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(arguments: [
    // An assertion that failed where one way ended holds further on.
    (#"[a-z]?\b[ab]"#, "c_.b", "b"),
    ("abc", "xabcx", "abc"), ("a|bc", "xbc", "bc"), ("^a", "ba", nil), ("a$", "ab", nil), ("a.c", "abc", "abc"), ("[^a-c]+", "abxyc", "xy"),
    ("[]x]+", "a]x", "]x"), ("[^]]", "]a", "a"), ("[a-]+", "b-a", "-a"), ("[[:digit:]]{2,3}", "a12345", "123"), ("(ab)+", "xababx", "abab"),
    ("a{2}", "aaa", "aa"), ("a{,2}", "a{,2}", "a{,2}"), ("a{2,}", "baaaa", "aaaa"), ("x{", "x{", "x{"), (#"\bfoo\b"#, "a foo.", "foo"),
    (#"\bfoo\b"#, "afoo", nil), (#"\<a\>"#, "ba a", "a"), (#"\Bb"#, "ab", "b"), (#"\w+\s\S"#, "- ab c", "ab c"), (#"a\.b"#, "a.b", "a.b"),
    ("(a|b)*c", "ababc", "ababc"), ("(a*)*", "aa", "aa"), ("()", "x", ""), ("", "x", ""), ("ä", "xä", "ä"), ("[\\]", "a\\", "\\"),
    (#"\$\{"#, "${A}", "${"), ("(^|[^a-z])b", "b", "b"), ("a(b)?c", "ac", "ac"),
  ])
  func finds(_ pattern: String, _ line: String, _ expected: String?) throws {
    #expect(try match(pattern, line) == expected)
  }

  @Test func theLastGroupIsKnown() throws {
    let pattern = try LinePattern(#"(mountPath:|VOLUME) *"?(/[a-z/]+)"#)
    let found = try #require(pattern.firstMatch(in: Array("  mountPath: /data".utf8)))
    #expect(found.group == 13..<18)
    let nested = try LinePattern("((a)(b)c)")
    #expect(nested.firstMatch(in: Array("xabc".utf8))?.group == 2..<3)
    let all = try LinePattern("b(.)")
    let groups = Array("ba_bc b".utf8).withUnsafeBufferPointer { all.matches(in: $0).map(\.group) }
    #expect(groups == [1..<2, 4..<5])
    let other = try LinePattern("x(a)?")
    #expect(other.firstMatch(in: Array("x".utf8))?.group == nil)
  }

  @Test(arguments: [
    ("a(", 1, "not closed"), ("a)", 1, "closes no group"), ("[a", 0, "not closed"), ("*a", 0, "nothing stands before"), (#"\d"#, 0, "means nothing"),
    (#"(a)\1"#, 3, "means nothing"), ("(?:a)", 0, "`(?`"), ("a+?", 2, "as little"), ("a{3,2}", 1, "less than"), ("a{999}", 2, "a number up to"),
    ("[z-a]", 1, "backwards"), ("[[:word:]]", 1, "no class"), ("[ä]", 1, "ASCII"), ("a\\", 1, "backslash"), ("^*", 1, "edge"),
  ])
  func refuses(_ pattern: String, _ offset: Int, _ words: String) {
    do throws(PatternProblem) {
      _ = try LinePattern(pattern)
      Issue.record("`\(pattern)` was taken")
    } catch {
      #expect(error.offset == offset, "\(error)")
      #expect(error.message.contains(words), "\(error)")
    }
  }

  @Test func whatWouldBeTooMuchIsRefused() {
    #expect(throws: PatternProblem.self) { try LinePattern(String(repeating: "a", count: 2_001)) }
    #expect(throws: PatternProblem.self) { try LinePattern("((a{200}){200}){200}") }
    #expect(throws: PatternProblem.self) { try LinePattern(String(repeating: "(", count: 60) + String(repeating: ")", count: 60)) }
  }

  @Test(arguments: ["(a*)*b", "(a|a)*b", "(a+)+$", "(.*)*x", "(a?){100}a{100}"])
  func noPatternIsSlow(_ text: String) throws {
    let pattern = try LinePattern(text)
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: 2_000)
    let clock = ContinuousClock()
    let time = clock.measure { _ = pattern.firstMatch(in: line) }
    #expect(time < .seconds(20))
  }

  // MARK: What each match must have

  @Test(arguments: [
    (#"\bnew (session\.)?MemoryStore\("#, ["new MemoryStore(", "new session.MemoryStore("]), ("abc|def", ["abc", "def"]),
    ("[a-z]+secret", ["secret"]),
    ("(AKIA|ASIA)[A-Z2-7]{16}", ["AKIA", "ASIA"]), ("[0-9]+", []), ("ab|[0-9]", []), ("(abc)*", []), ("[hH]ost", ["Host", "host"]),
    ("x+yy", ["yy"]), ("^$", []),
  ])
  func texts(_ pattern: String, _ expected: [String]) throws {
    #expect(try LinePattern(pattern).literals.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  // MARK: Against grep

  @Test func grepAgrees() throws {
    let grep = "/usr/bin/grep"
    guard FileManager.default.isExecutableFile(atPath: grep), try isGNU(grep) else { return print("skipped: no GNU grep") }
    let seed = lawSeed()
    print("seed \(seed)")
    var random = PatternGenerator(seed)
    var compared = 0
    for _ in 0..<150 {
      let text = random.pattern(depth: 3)
      let lines = (0..<40).map { _ in random.line() }
      guard let pattern = try? LinePattern(text) else {
        Issue.record("`\(text)` was refused")
        continue
      }
      let own = lines.filter { pattern.firstMatch(in: Array($0.utf8)) != nil }
      let needed = pattern.literals
      for line in own where !needed.isEmpty {
        #expect(needed.contains { Array(line.utf8).firstRange(of: $0) != nil }, "`\(text)` matches `\(line)`, which has none of its texts")
      }
      #expect(own == (try output(of: grep, text, lines)), "`\(text)`")
      compared += own.count
    }
    #expect(compared > 500, "too few lines match for the comparison to say something")
  }

  private func isGNU(_ grep: String) throws -> Bool { try run(grep, ["--version"], "").contains("GNU") }

  private func output(of grep: String, _ pattern: String, _ lines: [String]) throws -> [String] {
    try run(grep, ["-E", "-e", pattern], lines.joined(separator: "\n") + "\n").components(separatedBy: "\n").dropLast()
  }

  private func run(_ program: String, _ arguments: [String], _ input: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ["LC_ALL": "C"]
    let (standardInput, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (standardInput, output, FileHandle.nullDevice)
    try process.run()
    standardInput.fileHandleForWriting.write(Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

/// Patterns and lines at random, over few letters so that they meet.
private struct PatternGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func line() -> String { (0..<below(9)).map { _ in ["a", "b", "c", "_", " ", ".", "-", "1"][below(8)] }.joined() }

  mutating func pattern(depth: Int) -> String {
    (0...below(3)).map { _ in repeated(depth) }.joined() + (depth > 0 && below(4) == 0 ? "|" + pattern(depth: depth - 1) : "")
  }

  private mutating func repeated(_ depth: Int) -> String {
    let atom = atom(depth)
    if ["^", "$", "\\b", "\\<", "\\>"].contains(atom) { return atom }
    return atom + ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,1}"][below(9)]
  }

  private mutating func atom(_ depth: Int) -> String {
    switch below(10) {
    case 0 where depth > 0: "(" + pattern(depth: depth - 1) + ")"
    case 1: "[ab]"
    case 2: "[^a]"
    case 3: "."
    case 4: ["\\w", "\\s", "\\S", "[[:alpha:]]", "[a-c_]"][below(5)]
    case 5: ["^", "$", "\\b", "\\<", "\\>"][below(5)]
    default: ["a", "b", "c", "ab", "bc", "\\.", "-"][below(7)]
    }
  }
}
