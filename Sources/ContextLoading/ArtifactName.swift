internal import ContextModel

/// What the name of a Markdown file says.
enum ArtifactName: Equatable {
  case base(String)
  case translation(of: String, LanguageTag)
  case invalid

  /// From the name without `.md`.
  init(stem: String) {
    let parts = stem.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard isArtifactName(parts[0]) else {
      self = .invalid
      return
    }
    guard parts.count == 2 else {
      self = .base(parts[0])
      return
    }
    self = LanguageTag(parts[1]).map { .translation(of: parts[0], $0) } ?? .invalid
  }
}

/// Whether it is `[a-z0-9][a-z0-9-]{0,63}`.
func isArtifactName(_ name: String) -> Bool {
  guard (1...64).contains(name.utf8.count), name.utf8.first != UInt8(ascii: "-") else { return false }
  return name.utf8.allSatisfy { $0.isLowercaseOrDigit || $0 == UInt8(ascii: "-") }
}

/// The nearest valid name, such as `my-rule` for `My Rule`; nil when nothing is left.
package func validName(like name: String) -> String? {
  var out: [UInt8] = []
  for byte in name.lowercased().utf8 {
    if byte.isLowercaseOrDigit {
      out.append(byte)
    } else if let last = out.last, last != UInt8(ascii: "-") {
      out.append(UInt8(ascii: "-"))
    }
  }
  out = Array(out.prefix(64))
  while out.last == UInt8(ascii: "-") { out.removeLast() }
  return out.isEmpty ? nil : String(decoding: out, as: UTF8.self)
}

extension UInt8 {
  fileprivate var isLowercaseOrDigit: Bool { (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) }
}
