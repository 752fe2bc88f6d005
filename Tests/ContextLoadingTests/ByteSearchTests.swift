import Testing

@testable import ContextLoading

/// Searches that take many bytes at once find what a walk byte by byte finds.
struct ByteSearchTests {
  private let plain = [UInt8](repeating: UInt8(ascii: "a"), count: 200)

  @Test func controlCharactersAnywhere() {
    for position in plain.indices.dropLast() {
      var bytes = plain
      bytes[position] = 0x00
      bytes[199] = 0x7F
      #expect(TextSurvey(bytes).controls.map(\.range) == [position..<position + 1, 199..<200])
      bytes[position...position] = [0xC2, 0x85]
      #expect(TextSurvey(bytes).controls.map(\.value) == [0x85, 0x7F])
      bytes[position] = UInt8(ascii: "\n")
      bytes[position + 1] = UInt8(ascii: "\t")
      #expect(TextSurvey(bytes).controls.count == 1)
    }
  }

  @Test func offsetsOfOneByte() {
    for position in plain.indices.dropLast() {
      var bytes = plain
      bytes[position] = UInt8(ascii: "#")
      bytes[position + 1] = UInt8(ascii: "#")
      let (all, first, within) = bytes.withUnsafeBufferPointer { bytes in
        var found: [[Int]] = [[], [], []]
        bytes.forEachOffset(of: UInt8(ascii: "#"), in: 0..<bytes.count) {
          found[0].append($0); return true
        }
        bytes.forEachOffset(of: UInt8(ascii: "#"), in: 0..<bytes.count) {
          found[1].append($0); return false
        }
        bytes.forEachOffset(of: UInt8(ascii: "#"), in: 70..<70) {
          found[2].append($0); return true
        }
        return (found[0], found[1], found[2])
      }
      #expect(all == [position, position + 1] && first == [position] && within.isEmpty)
    }
  }
}
