import Diagnostics
import JSON
import TestSupport
import Testing

@Suite struct RandomTests {
  @Test(arguments: [UInt64](0..<1500))
  func whatIsWrittenIsRead(seed: UInt64) throws {
    var writer = RandomWriter(seed: seed, hasComments: seed % 2 == 0)
    let dump = writer.value(depth: 4)
    let reading = Reading(writer.text, seed % 2 == 0 ? .withComments : .strict)
    let isSame = reading.dump.map { Array($0.utf8) } == Array(dump.utf8)
    #expect(isSame, "seed \(seed): \(reading.summary)\n\(writer.text.debugDescription)")
  }

  /// Whatever is broken, it is read or refused with a place, and never worse.
  @Test(arguments: [UInt64](0..<500))
  func brokenDocumentsAreRefused(seed: UInt64) {
    var writer = RandomWriter(seed: seed, hasComments: true)
    _ = writer.value(depth: 3)
    var bytes = Array(writer.text.utf8)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: index)
      case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
      default: bytes.insert("{}[],:\"\\/*1e-\n\u{0}".utf8.randomElement(using: &random) ?? 0, at: index)
      }
    }
    let reading = Reading(bytes: bytes, .withComments)
    #expect((reading.root == nil) == !reading.findings.isEmpty, "seed \(seed)")
    #expect(reading.findings.allSatisfy { $0.place?.line != nil && $0.help != nil }, "seed \(seed)")
  }
}

/// Writes a random document, by other means than documents are read by.
private struct RandomWriter {
  private var random: SeededGenerator
  private let hasComments: Bool
  private(set) var text = ""

  init(seed: UInt64, hasComments: Bool) {
    random = SeededGenerator(seed: seed)
    self.hasComments = hasComments
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  private mutating func gap() {
    text += ["", "", " ", "\n\t", "\r\n  "][below(5)]
    if hasComments, below(4) == 0 { text += ["// \" ] }\n", "/* , */", "/**/", "// x\r\n", "/* * /\n// */"][below(5)] }
  }

  /// Writes one, and returns how a dump shows it.
  mutating func value(depth: Int) -> String {
    gap()
    defer { gap() }
    switch below(depth > 0 ? 7 : 4) {
    case 0: return string()
    case 1: return word(["true", "false", "null"][below(3)])
    case 2: return word("\(Int64(truncatingIfNeeded: random.next()) >> Int64(below(64)))")
    case 3: return word("\(below(100)).\(below(100))\(["e", "E-", "e+"][below(3)])\(below(400))")
    case 4: return list("[", "]") { $0.value(depth: depth - 1) }
    default:
      var keys = Set<[UInt8]>()
      return list("{", "}") { writer in
        writer.gap()
        let mark = writer.text.endIndex
        var key = writer.string()
        while !keys.insert(Array(key.utf8)).inserted {
          writer.text.removeSubrange(mark...)
          key = writer.string()
        }
        writer.gap()
        writer.text += ":"
        return key + ": " + writer.value(depth: depth - 1)
      }
    }
  }

  private mutating func word(_ word: String) -> String {
    text += word
    return word
  }

  private mutating func list(_ open: String, _ close: String, _ element: (inout RandomWriter) -> String) -> String {
    text += open
    var parts: [String] = []
    let count = below(4)
    for number in 0..<count {
      parts.append(element(&self))
      if number < count - 1 || hasComments && below(3) == 0 { text += "," }
    }
    gap()
    text += close
    return open + parts.joined(separator: ", ") + close
  }

  private mutating func string() -> String {
    let pieces = ["a", "b c", "\"", "\\", "/", "\n", "\t", "é", "e\u{301}", "😀", "\u{1}", "\u{7F}", "\0", "//", "/*", "{", " ", "\r\n", "\u{FEFF}"]
    let content = (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
    text += "\""
    for scalar in content.unicodeScalars {
      if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || below(8) == 0 {
        let short = ["\n": "\\n", "\t": "\\t", "\r": "\\r", "\"": "\\\"", "\\": "\\\\", "/": "\\/"][String(scalar)]
        if let short, below(3) > 0 {
          text += short
        } else {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16, uppercase: below(2) == 0)
            text += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
          }
        }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
    return content.debugDescription
  }
}
