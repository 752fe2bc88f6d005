import JSON
import LanguageServer
import TestSupport
import Testing

/// Messages, positions and documents, without an editor.
@Suite struct LanguageServerTests {
  @Test func messagesComeWhole() throws {
    var frames = MessageFrames()
    let text = framed(.object([("a", .text("é"))])) + framed(.object([("b", .number(2))]))
    var found: [String] = []
    // However the stream is cut.
    for byte in text.utf8 {
      frames.add([byte])
      while let message = try frames.next() { found.append(String(decoding: message, as: UTF8.self)) }
    }
    #expect(found == ["{\n  \"a\": \"é\"\n}\n", "{\n  \"b\": 2\n}\n"])
  }

  @Test(arguments: [
    ("Content-Length: x\r\n\r\n", "a head without a length"), ("Content-Length: -1\r\n\r\n", "a head without a length"),
    ("A: 1\r\n\r\n", "a head without a length"), ("Content-Length: 99999999999\r\n\r\n", "a message of 99999999999 bytes"),
    (String(repeating: "x", count: 5000), "a head without an end"),
  ])
  func aBrokenStreamIsRefused(_ text: String, _ reason: String) {
    var frames = MessageFrames()
    frames.add(text.utf8)
    #expect(throws: MessageFrames.Broken(reason: reason)) { _ = try frames.next() }
  }

  @Test(arguments: [
    ("content-length: 2\r\n\r\n{}", "{}"), ("Content-Type: x\r\nContent-Length:2\r\n\r\n{}", "{}"), ("Content-Length: 0\r\n\r\n", ""),
  ])
  func headsAreReadAsTheProtocolSays(_ text: String, _ message: String) throws {
    var frames = MessageFrames()
    frames.add(text.utf8)
    #expect(try frames.next() == Array(message.utf8))
  }

  @Test func whatIsNoRequestIsPassedOver() throws {
    #expect(EditorMessage(Array("{\"id\": 1, \"result\": null}".utf8)) == nil)
    #expect(EditorMessage(Array("[".utf8)) == nil)
    let message = try #require(EditorMessage(Array("{\"id\": \"x\", \"method\": \"m\", \"params\": {\"a\": [1]}}".utf8)))
    #expect(message.method == "m")
    #expect(message.parameters?["a"]?.list?.first?.value.integer == 1)
  }

  /// UTF-16 for editors, UTF-8 for files.
  @Test(arguments: [
    (0, 0, 0), (0, 1, 1), (0, 2, 3), (0, 3, 7), (0, 4, 7), (0, 5, 8), (0, 99, 8), (1, 0, 10), (1, 1, 11), (2, 0, 12), (9, 0, 12),
  ])
  func positionsAreOffsets(_ line: Int, _ character: Int, _ offset: Int) {
    // One unit, one unit of two bytes, two units of four bytes, and a line end of two bytes.
    let text = Array("aé😀b\r\nc\n".utf8)
    #expect(text.offset(of: TextPosition(line: line, character: character)) == offset)
  }

  @Test func offsetsArePositions() {
    let text = Array("aé😀b\r\nc\n".utf8)
    #expect([0, 1, 3, 7, 8].map { text.position(of: $0).character } == [0, 1, 2, 4, 5])
    #expect(text.position(of: 10) == TextPosition(line: 1, character: 0))
    #expect(text.position(of: 99) == TextPosition(line: 2, character: 0))
  }

  /// Whatever an editor changes, the document is what the editor has.
  @Test func changesAreFollowed() throws {
    var random = SeededGenerator(seed: lawSeed())
    let pieces = ["a", "é", "😀", "\n", "\r\n", "word ", ""]
    for _ in 0..<300 {
      var text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var document = OpenDocument(text, version: 1)
      for version in 2..<6 {
        var units = Array(text.utf16)
        // Between scalars, as editors do it, and not within a line end.
        let cuts = (0...units.count).filter { index in
          let isInPair = index > 0 && index < units.count && UTF16.isTrailSurrogate(units[index])
          let isInLineEnd = index > 0 && index < units.count && units[index - 1] == 13 && units[index] == 10
          return !isInPair && !isInLineEnd
        }
        let ends = [cuts.randomElement(using: &random) ?? 0, cuts.randomElement(using: &random) ?? 0].sorted()
        let new = pieces.randomElement(using: &random) ?? ""
        let change =
          "[{\"range\": {\"start\": \(place(ends[0], in: units)), \"end\": \(place(ends[1], in: units))}, \"text\": \(inDoubleQuotes(new))}]"
        let message = try #require(EditorMessage(Array("{\"method\": \"x\", \"params\": \(change)}".utf8)))
        let isFollowed = document.take(message.parameters, version: version)
        #expect(isFollowed)
        units.replaceSubrange(ends[0]..<ends[1], with: Array(new.utf16))
        text = String(decoding: units, as: UTF16.self)
        #expect(document.bytes == Array(text.utf8), "\(change)")
        #expect(document.version == version)
        text = String(decoding: document.bytes, as: UTF8.self)
      }
    }
  }

  private func place(_ index: Int, in units: [UInt16]) -> String {
    let line = units[..<index].count { $0 == 10 }
    let start = (units[..<index].lastIndex(of: 10) ?? -1) + 1
    return "{\"line\": \(line), \"character\": \(index - start)}"
  }

  @Test(arguments: ["/a/b.md", "/with blank/ü.md", "/%41/#x", "/c++/[x].md"])
  func addressesArePaths(_ text: String) {
    #expect(path(ofAddress: address(ofPath: text)) == text)
  }

  @Test func otherAddressesAreNone() {
    #expect(path(ofAddress: "untitled:Untitled-1") == nil)
    #expect(path(ofAddress: "file:///c%zz") == nil)
    #expect(path(ofAddress: "file:///c%+1") == nil)
    #expect(path(ofAddress: "file://localhost/x") == "/x")
  }
}
