import Diagnostics
import Testing
import YAML

@Suite struct DecoderTests {
  @Test func reportsEachMismatchWithItsPlace() throws {
    let reading = Reading("name: [a]\nlist: 1\nflag: yes\nfine: [1, b, {}]\nempty:\n")
    let root = try #require(reading.root)
    var decoder = YAMLDecoder(reading.source, area: "platforms")
    #expect(root["name"].flatMap { decoder.expectText($0) } == nil)
    #expect(root["list"].flatMap { decoder.expectList($0) } == nil)
    #expect(root["flag"].flatMap { decoder.expectBool($0) } == nil)
    #expect(root["fine"].flatMap { decoder.expectTexts($0) } == ["1", "b"])
    #expect(root["empty"].flatMap { decoder.expectList($0) } == [])
    #expect(
      decoder.diagnostics.map(\.message) == [
        "expected a text here, not a list", "expected a list here, not a number", "expected `true` or `false` here, not a text",
        "expected a text here, not a mapping",
      ])
    #expect(decoder.diagnostics.map { $0.place?.line } == [1, 2, 3, 4])
    #expect(decoder.diagnostics.allSatisfy { $0.id == "platforms/wrong-type" })
  }

  @Test func unknownKeysGetAGuess() throws {
    let reading = Reading("platfroms: [a]\nsources: []\nzzz: 1\n")
    var decoder = YAMLDecoder(reading.source, area: "project")
    let pairs = decoder.expectPairs(try #require(reading.root), known: ["platforms", "sources"])
    #expect(pairs?.map(\.keyText) == ["sources"])
    #expect(decoder.diagnostics.map(\.help) == ["did you mean `platforms`?", "known here: platforms, sources"])
  }
}
