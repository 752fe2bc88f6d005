import Diagnostics
import TOML
import Testing

@Suite struct LimitTests {
  @Test(
    arguments: [
      ([0x61, 0xFF], "1:2 not-utf8"), ([0xC3], "1:1 not-utf8"), ([0x23, 0xC3, 0xA9, 0x0A, 0xED, 0xA0, 0x80], "2:1 not-utf8"),
      ([0x22, 0xC0, 0x80, 0x22], "1:2 not-utf8"), ([0xFF, 0xFE, 0x61, 0x00], "1:1 not-utf8"),
    ] as [([UInt8], String)])
  func bytesThatAreNoText(_ bytes: [UInt8], _ summary: String) { #expect(Reading(bytes: bytes).summary == [summary]) }

  private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  @Test(
    arguments: [
      ("a = ", "[", "]", 63), ("a = ", "[[],", "]", 62), ("", "a.", "a = 1", 63), ("a = 1", "", "", 0),
    ])
  func depthIsCounted(_ start: String, _ opening: String, _ closing: String, _ most: Int) {
    let (fits, ends) = (Self.repeated(opening, most), closing == "]" ? Self.repeated(closing, most) : closing)
    #expect(Reading(start + fits + ends).root != nil)
    guard most > 0 else { return }
    let over = Reading(start + fits + opening + (closing == "]" ? closing : "") + ends)
    #expect(over.findings.map(\.id) == ["toml/too-deep"])
  }

  @Test func headersAndInlineTablesCountAsWell() {
    #expect(Reading("[" + Self.repeated("a.", 63) + "a]").root != nil)
    #expect(Reading("[" + Self.repeated("a.", 64) + "a]").summary == ["1:2 too-deep"])
    #expect(Reading("[" + Self.repeated("a.", 62) + "a]\nb = 1\nc.d = 2").summary == ["3:1 too-deep"])
    #expect(Reading("a = " + Self.repeated("{a = ", 63) + "1" + Self.repeated("}", 63)).root != nil)
    #expect(Reading("a = " + Self.repeated("{a = ", 64) + "1" + Self.repeated("}", 64)).findings.map(\.id) == ["toml/too-deep"])
  }

  @Test(arguments: ["a = [", "a = {a=", "[a.", "a.", "[[a]]\n[[a.", "[", "a = \"\"\"\\"])
  func deepNestingIsRefusedQuickly(_ opening: String) {
    let clock = ContinuousClock()
    var reading: Reading?
    let rest = opening.hasSuffix("a.") ? "a." : opening.hasSuffix("{a=") ? "{a=" : opening.hasSuffix("\\") ? "\\\n" : "["
    let time = clock.measure { reading = Reading(opening + Self.repeated(rest, 400_000 / rest.utf8.count)) }
    #expect(reading?.root == nil)
    #expect(reading?.findings.isEmpty == false)
    #expect(time < .seconds(3))
  }

  @Test func sizesAreLimited() {
    #expect(Reading("a = '" + Self.repeated("x", 1 << 20) + "'").findings.map(\.id) == ["toml/too-large"])
    #expect(Reading("a = '" + Self.repeated("x", 1_000_000) + "'").root?["a"]?.text?.utf8.count == 1_000_000)
    #expect(Reading("a = [" + Self.repeated("1,", 100_001) + "]").findings.map(\.id) == ["toml/too-many-values"])
    #expect(Reading(Self.repeated("[[a.a.a.a]]\n", 40_000)).findings.map(\.id) == ["toml/too-many-values"])
    #expect(Reading((0..<30_000).map { "k\($0) = 1\n" }.joined()).root?.pairs.count == 30_000)
  }

  @Test func garbageIsNotReportedLineByLine() {
    #expect(Reading(Self.repeated("x\n", 1000)).findings.count == 50)
  }
}
