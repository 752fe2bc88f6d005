import TOML
import Testing

@Suite struct RangeTests {
  @Test func valuesKeepTheirBytes() throws {
    let reading = Reading("# é\na = [ 1 , 'x' ] # c\nb.\"c\" . d = { e = 2 }\nf = 1979-05-27 07:32:00 # c\r\ng = \"\"\"\nx\"\"\"\n")
    let root = try #require(reading.root)
    #expect(root.pairs.map { reading.text($0.value.range) } == ["[ 1 , 'x' ]", "\"c\" . d = { e = 2 }", "1979-05-27 07:32:00", "\"\"\"\nx\"\"\""])
    #expect(root["a"]?.list?.map { reading.text($0.range) } == ["1", "'x'"])
    #expect(reading.text(root["b"]?.table?["c"]?.table?["d"]?.table?["e"]?.range) == "2")
    #expect(reading.text(root.pairs.first?.range) == "a = [ 1 , 'x' ]")
  }

  @Test func keysKeepTheirBytesAndTheWayToThem() throws {
    let reading = Reading("b.\"c\" . 'd' = 1\n[ x . \"y\" ]\nz = 2\n")
    let root = try #require(reading.root)
    let b = try #require(root.pairs.first)
    let c = try #require(b.value.table?.pairs.first)
    let d = try #require(c.value.table?.pairs.first)
    #expect([b, c, d].map { reading.text($0.key.range) } == ["b", "\"c\"", "'d'"])
    #expect([b, c, d].map { reading.text($0.key.path) } == ["b", "b.\"c\"", "b.\"c\" . 'd'"])
    #expect([b, c, d].map { $0.key.text } == ["b", "c", "d"])
    let y = try #require(root["x"]?.table?.pairs.first)
    #expect(reading.text(y.key.path) == "x . \"y\"")
    #expect(reading.text(y.value.range) == "[ x . \"y\" ]\nz = 2")
    #expect(reading.text(y.value.table?.pairs.first?.key.path) == "z")
  }

  @Test func aTableReachesToItsLastValue() throws {
    let reading = Reading("[a]\nb = 1 # c\n\n[[c]]\n[[c]]\nd = 2\n[a.e]\n")
    let root = try #require(reading.root)
    #expect(reading.text(root["a"]?.range) == "[a]\nb = 1 # c\n\n[[c]]\n[[c]]\nd = 2\n[a.e]")
    #expect(reading.text(root["c"]?.range) == "[[c]]\n[[c]]\nd = 2")
    #expect(root["c"]?.list?.map { reading.text($0.range) } == ["[[c]]", "[[c]]\nd = 2"])
  }

  @Test(
    arguments: [
      ("\"x\"", "x", true, false), ("'x\\'", "x\\", true, true), ("\"x\\n\"", "x\\n", false, false), ("\"\"", "", true, false),
      ("\"\\n\"", "\\n", false, false), ("\"\"\"\nx\ny\"\"\"", "x\ny", true, false), ("\"\"\"x\\\n y\"\"\"", "x\\\n y", false, false),
      ("'''\r\nx'''''", "x''", true, true), ("''''''", "", true, true), ("\"\"\"\\\n\"\"\"", "\\\n", false, false),
    ])
  func whatIsBetweenTheQuotes(_ written: String, _ inner: String, _ isVerbatim: Bool, _ isLiteral: Bool) throws {
    let reading = Reading("# é\na = \(written) # c")
    guard case .text(let text) = reading.root?["a"]?.content else {
      Issue.record("no text")
      return
    }
    #expect(reading.text(text.inner) == inner)
    #expect((text.isVerbatim, text.isLiteral) == (isVerbatim, isLiteral))
    #expect((text.text == inner) == isVerbatim)
  }
}
