/// The way to a value in a settings file, as aiwg.lock writes it: `#/mcpServers/x`, like a JSON pointer in an address (RFC 6901).
///
/// Behind a container that was there and empty comes `=` and what it held.
struct SettingsPointer: Hashable {
  var path: [String]
  var before: String?

  init(path: [String], before: String? = nil) {
    (self.path, self.before) = (path, before)
  }

  /// Nil for what is no pointer.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.first == UInt8(ascii: "#") else { return nil }
    let halves = text.dropFirst().split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    var keys: [String] = []
    if let way = halves.first, !way.isEmpty {
      guard way.first == UInt8(ascii: "/") else { return nil }
      for part in way.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
        guard let key = Self.decoded(part) else { return nil }
        keys.append(key)
      }
    }
    path = keys
    guard halves.count == 2 else { return }
    guard let text = Self.decoded(halves[1]) else { return nil }
    before = text
  }

  var text: String { "#" + path.map { "/" + Self.encoded($0) }.joined() + (before.map { "=" + Self.encoded($0) } ?? "") }

  private static func encoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "-_.@:".utf8.contains(byte)
      if isPlain {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        out += byte < 16 ? "%0" + String(byte, radix: 16, uppercase: true) : "%" + String(byte, radix: 16, uppercase: true)
      }
    }
    return out
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var out: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        out.append(byte)
        continue
      }
      guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      out.append(code)
      rest = rest.dropFirst(2)
    }
    return String(validating: out, as: UTF8.self)
  }
}

extension Record.Settings {
  /// What comes before the path in each line of the lock, sorted.
  var lines: [String] {
    var out = pieces.map { piece in
      (piece.isElement ? "# element " : "# member ") + "\(piece.digest) " + SettingsPointer(path: piece.path).text + " "
    }
    out += containers.map { "# container " + SettingsPointer(path: $0.path, before: $0.before).text + " " }
    return out.sorted()
  }
}
