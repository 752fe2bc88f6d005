package import Platforms

/// Whether a model that gets a file without some parts gets to see anything of it.
package func hasVisibleText(_ bytes: [UInt8], stripping strips: Set<Platform.Read.Stripped>) -> Bool {
  let left = [0..<bytes.count].subtracting(stripped(bytes, Head(markdown: bytes), strips))
  return left.contains { range in bytes[range].contains { $0 != 0x20 && !(0x09...0x0D).contains($0) } }
}

/// The parts of a file that are taken out before the model reads it, in order.
func stripped(_ bytes: [UInt8], _ head: Head, _ strips: Set<Platform.Read.Stripped>) -> [Range<Int>] {
  var out: [Range<Int>] = []
  if strips.contains(.head), head.end > 0 { out.append(0..<head.end) }
  guard strips.contains(.comments) else { return out }
  var lines = Lines(bytes, from: head.end)
  var open: Int?
  while let line = lines.next() {
    let text = line.text.drop { $0 == " " }
    if open == nil, text.hasPrefix("<!--") { open = line.start }
    if let start = open, text.reversed().drop(while: \.isWhitespace).starts(with: "-->".reversed()) {
      out.append(start..<line.end)
      open = nil
    }
  }
  return out
}
