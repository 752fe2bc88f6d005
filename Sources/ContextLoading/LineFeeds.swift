/// The same text with every CRLF as LF.
package func withLineFeeds(_ text: ArraySlice<UInt8>) -> [UInt8] {
  guard text.contains(UInt8(ascii: "\r")) else { return Array(text) }
  var out: [UInt8] = []
  out.reserveCapacity(text.count)
  for (index, byte) in zip(text.indices, text) {
    if byte == UInt8(ascii: "\r"), index + 1 < text.endIndex, text[index + 1] == UInt8(ascii: "\n") { continue }
    out.append(byte)
  }
  return out
}
