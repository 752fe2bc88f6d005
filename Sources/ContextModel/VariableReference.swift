/// A part of a text of a setting: `${NAME}` and `${NAME:-default}` stand for a variable of the environment.
package enum TextPart: Hashable, Sendable {
  case text(String)
  case variable(String, default: String?)

  /// Takes a text apart; what is no whole reference is text.
  package static func parts(of text: String) -> [TextPart] {
    var out: [TextPart] = []
    var plain = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${") {
      plain += rest[..<start.lowerBound]
      let inner = rest[start.upperBound...]
      guard let end = inner.firstIndex(of: "}"), let reference = reference(inner[..<end]) else {
        plain += "${"
        rest = inner
        continue
      }
      if !plain.isEmpty { out.append(.text(plain)) }
      plain = ""
      out.append(reference)
      rest = inner[inner.index(after: end)...]
    }
    plain += rest
    if !plain.isEmpty { out.append(.text(plain)) }
    return out
  }

  private static func reference(_ inner: Substring) -> TextPart? {
    let name: Substring
    var value: String?
    if let colon = inner.firstRange(of: ":-") {
      (name, value) = (inner[..<colon.lowerBound], String(inner[colon.upperBound...]))
    } else {
      name = inner
    }
    guard let first = name.utf8.first, !(0x30...0x39).contains(first), name.utf8.allSatisfy(\.isOfVariable) else { return nil }
    return .variable(String(name), default: value)
  }
}

extension FieldValue {
  /// Whether a variable is named in it, at any depth.
  package var namesVariable: Bool {
    switch self {
    case .text(let text): TextPart.parts(of: text).contains { if case .variable = $0 { true } else { false } }
    case .list(let items): items.contains(where: \.namesVariable)
    case .map(let entries): entries.contains { $0.value.namesVariable }
    case .bool, .number, .null: false
    }
  }
}

extension UInt8 {
  fileprivate var isOfVariable: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF) || self == UInt8(ascii: "_")
  }
}
