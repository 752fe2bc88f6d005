import Patterns
import Testing

/// All texts are found, also those in others.
struct TextFinderTests {
  private func found(_ texts: [String], in text: String) -> [String] {
    let finder = TextFinder(texts.map { Array($0.utf8) })
    var out: [String] = []
    Array(text.utf8).withUnsafeBufferPointer { bytes in finder.forEach(in: bytes) { number, end in out.append("\(texts[number])@\(end)") } }
    return out.sorted()
  }

  @Test func textsInEachOther() {
    #expect(found(["he", "she", "hers", "his"], in: "ushers") == ["he@4", "hers@6", "she@4"])
    #expect(found(["a", "aa", "aaa"], in: "aaa") == ["a@1", "a@2", "a@3", "aa@2", "aa@3", "aaa@3"])
    #expect(found([], in: "abc").isEmpty)
    #expect(found(["x"], in: "").isEmpty)
  }

  @Test func likeALookAtEachPlace() {
    var state: UInt64 = 88_172_645_463_325_252
    func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    for _ in 0..<200 {
      let texts = Set((0..<8).map { _ in String((0...below(4)).map { _ in "abc"[below(3)] }) }).sorted()
      let text = String((0..<60).map { _ in "abcd"[below(4)] })
      let bytes = Array(text.utf8)
      var expected: [String] = []
      for one in texts {
        let part = Array(one.utf8)
        for end in part.count...bytes.count where bytes[end - part.count..<end].elementsEqual(part) { expected.append("\(one)@\(end)") }
      }
      #expect(found(texts, in: text) == expected.sorted())
    }
  }
}

extension String {
  fileprivate subscript(_ offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}
