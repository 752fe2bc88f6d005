import Foundation
import FuzzTargets
import Testing

/// What `scripts/fuzz.sh` does with millions of inputs, for a moment and without its instruments.
@Suite struct FuzzRegressionTests {
  private static let targets = FuzzTarget.all.map(\.name)

  @Test(arguments: targets)
  func seedsKeepTheLaws(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = target.seeds()
    #expect(seeds.count > 1)
    for (number, seed) in seeds.enumerated() { #expect(throws: Never.self, "seed \(number)") { try target.check(seed) } }
  }

  @Test(arguments: targets)
  func mutantsKeepTheLaws(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = target.seeds().filter { $0.count < 4096 }
    let start = UInt64(ProcessInfo.processInfo.environment["AIWG_SEED"] ?? "") ?? 1
    let clock = ContinuousClock()
    let end = clock.now + .seconds(2)
    var count: UInt64 = 0
    while clock.now < end, count < 2000 {
      var mutation = Mutation(seed: (start + count) &* 0x1_0001)
      let bytes = mutation.mutate(seeds, words: target.words)
      let begin = clock.now
      #expect(throws: Never.self, "AIWG_SEED=\(start + count): \(String(decoding: bytes, as: UTF8.self).debugDescription)") {
        try target.check(bytes)
      }
      #expect(clock.now - begin < .seconds(2), "AIWG_SEED=\(start + count) hangs")
      count += 1
    }
    #expect(count > 10)
  }

  /// Inputs that broke a law once.
  @Test(arguments: found)
  func whatWasFoundStaysRepaired(_ input: Found) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == input.target })
    #expect(throws: Never.self) { try target.check(Array(input.text.utf8) + input.rest) }
  }

  /// Time grows with the size of the input, and not with its square.
  @Test(.serialized, arguments: large)
  func largeInputsAreQuick(_ input: Found) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == input.target })
    let clock = ContinuousClock()
    let begin = clock.now
    #expect(throws: Never.self) { try target.check(Array(input.text.utf8) + input.rest) }
    let time = clock.now - begin
    #expect(time < .seconds(5), "\(input.target) \(input.text.prefix(40).debugDescription): \(time)")
  }

  private static let large: [Found] = {
    let head = "\u{2}---\ndescription: d\n---\n"
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    return [
      Found(target: "artifact", text: head + many("<!", 30_000)), Found(target: "artifact", text: head + many("[a](", 4000)),
      Found(target: "artifact", text: head + many("[a](<", 4000)), Found(target: "artifact", text: head + many("<!-- aiwg:begin --> ", 5000)),
      Found(target: "block", text: "\0x\n", rest: [0xFF] + Array(many("<!-- aiwg:begin -->\n", 5000).utf8)),
      Found(target: "yaml", text: many("k: v\n", 9000)), Found(target: "yaml", text: many("- &a x\n", 8000)),
      Found(target: "toml", text: many("[[a.b]]\nc.d = 1\n", 8000)), Found(target: "toml", text: "a = " + many("[\n", 50) + many("'x',\n", 20_000)),
      Found(target: "project", text: "sources:\n" + many("- path: /x\n", 8000)),
      Found(target: "platforms", text: "places:\n" + (0..<5000).map { "  k\($0): v\n" }.joined()),
      Found(target: "platforms", text: "platforms:\n" + (0..<600).map { "  k\($0): { name: x, rules: [q] }\n" }.joined()),
    ]
  }()

  /// A broken law is seen.
  @Test func lawsCanBreak() {
    #expect(throws: BrokenLaw.self) { try checkInside(Array("a/../b".utf8)) }
  }

  struct Found: Sendable, CustomTestStringConvertible {
    var target: String
    var text: String
    /// What is no text.
    var rest: [UInt8] = []
    var testDescription: String { target + " " + text.prefix(60).debugDescription }
  }

  private static let found = [
    Found(target: "block", text: "\u{1}x\r", rest: [0xFF]), Found(target: "block", text: "\u{1}x\r\r\n", rest: [0xFF]),
    Found(target: "project", text: " sources:", rest: []),
    Found(target: "record", text: "# aiwg.lock 1 · aiwg 0.3.0<<<<<< ·", rest: []),
    Found(target: "record", text: "# aiwg.lock 1 · aiwg 0." + String(repeating: "ï", count: 200) + " · data 5f1c\n", rest: []),
    Found(target: "settings", text: "[\n  "),
  ]
}
