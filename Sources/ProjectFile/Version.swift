/// A release number such as `0.3.0`; missing parts count as 0.
package struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let parts: [Int]

  package init?(_ text: some StringProtocol) {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return nil }
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...3).contains(numbers.count), !numbers.contains(nil) else { return nil }
    parts = numbers.compactMap(\.self) + Array(repeating: 0, count: 3 - numbers.count)
  }

  package static func < (left: Version, right: Version) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }

  package var description: String { parts.map(String.init).joined(separator: ".") }
}

/// Bounds on a version, such as `>=0.3 <1`; all must hold.
package struct VersionRange: Hashable, Sendable {
  package let text: String
  private let bounds: [Bound]

  private struct Bound: Hashable {
    var sign: String
    var version: Version
  }

  /// Nil unless every part is one of `>= > <= < =` and a version.
  package init?(_ text: String) {
    var bounds: [Bound] = []
    for part in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let sign = part.prefix { "<>=".contains($0) }
      guard ["", ">=", ">", "<=", "<", "="].contains(String(sign)), let version = Version(part.dropFirst(sign.count)) else { return nil }
      bounds.append(Bound(sign: String(sign), version: version))
    }
    guard !bounds.isEmpty else { return nil }
    self.text = text
    self.bounds = bounds
  }

  /// Whether a version fits.
  package func contains(_ version: Version) -> Bool {
    bounds.allSatisfy { bound in
      switch bound.sign {
      case ">=": version >= bound.version
      case ">": version > bound.version
      case "<=": version <= bound.version
      case "<": version < bound.version
      default: version == bound.version
      }
    }
  }
}
