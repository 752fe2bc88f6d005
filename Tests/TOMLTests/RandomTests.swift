import TOML
import TestSupport
import Testing

@Suite struct RandomTests {
  @Test(arguments: [UInt64](0..<1500))
  func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pairs = random.section(depth: 3)
    var writer = RandomWriter(seed: seed)
    writer.write(pairs)
    let reading = Reading(writer.text)
    let isSame = reading.dump.map { Array($0.utf8) } == Array(RandomValue.inline(pairs).dump.utf8)
    #expect(isSame, "seed \(seed): \(reading.summary)\n\(writer.text.debugDescription)")
  }
}
