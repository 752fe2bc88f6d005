/// The path of a `file:` address; nil for an address of anything else.
package func path(ofAddress address: String) -> String? {
  guard address.hasPrefix("file://") else { return nil }
  // A host may stand there, and means this machine.
  guard let slash = address.dropFirst(7).firstIndex(of: "/") else { return nil }
  var bytes: [UInt8] = []
  var rest = address[slash...].utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = rest.prefix(2)
    guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The `file:` address of a path from the root.
package func address(ofPath path: String) -> String {
  let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
  return "file://"
    + path.utf8.map { byte in
      guard !plain.contains(byte) else { return String(UnicodeScalar(byte)) }
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" : "") + hex
    }.joined()
}
