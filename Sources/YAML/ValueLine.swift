/// One line of the form `key: value`, looked at as bytes, to say why YAML cannot read the value and how to quote it.
package struct ValueLine: Hashable, Sendable {
  /// What people write where YAML expects something else.
  package enum Fault: Hashable, Sendable {
    /// `[a] [b]`
    case textAfterCollection
    /// `"a" b`
    case textAfterQuotes
    /// `"a "b" c"`
    case innerQuotes
    /// `a: b`
    case colon
    /// `[a`
    case unclosed
    /// A first character that means something else to YAML, such as `*` or `@`.
    case indicator(UInt8)
  }

  /// Byte offsets in the file.
  package let key: Range<Int>
  /// The value without blanks around it and without a comment after it; never empty.
  package let value: Range<Int>
  /// Nil when the value looks fine.
  package let fault: Fault?
  private let bytes: [UInt8]

  /// The line that holds an offset; nil when it is not a key with a value on the same line.
  package init?(at offset: Int, in bytes: [UInt8]) {
    let offset = min(max(offset, 0), bytes.count)
    let start = (bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    guard let (key, valueStart) = Self.key(in: bytes[start..<end]) else { return nil }
    let value = Self.value(from: valueStart, in: bytes[start..<end])
    guard !value.isEmpty else { return nil }
    self.key = key
    self.value = value
    self.bytes = bytes
    fault = Fault(in: bytes[value])
  }

  /// The text that the value is surely meant to be.
  package var meant: [UInt8] {
    fault == .innerQuotes ? Array(bytes[value].dropFirst().dropLast()) : Array(bytes[value])
  }

  /// The smallest changes that make the value a quoted text.
  package var quotingEdits: [ByteEdit] {
    let inner = fault == .innerQuotes ? value.lowerBound + 1..<value.upperBound - 1 : value
    let hasEscapes = bytes[inner].contains(UInt8(ascii: "\\"))
    if fault == .innerQuotes, hasEscapes { return escapingEdits(inner) }
    let quote = [UInt8(ascii: "'")]
    let doubled = inner.filter { bytes[$0] == quote[0] }.map { ByteEdit($0..<$0, quote) }
    return [ByteEdit(value.lowerBound..<inner.lowerBound, quote)] + doubled + [ByteEdit(inner.upperBound..<value.upperBound, quote)]
  }

  /// What to do about a part of a value that begins at an offset: quote it, or the whole value when it is that.
  static func help(at offset: Int, in bytes: [UInt8]) -> String {
    if let line = ValueLine(at: offset, in: bytes), line.value.lowerBound == offset || line.fault != nil { return line.help }
    let word = bytes[min(offset, bytes.count)...].prefix { $0 > 0x20 && !",]}'".utf8.contains($0) }
    return "put quotes around it if it is text: `'\(String(decoding: word.prefix(80), as: UTF8.self))'`"
  }

  /// What to do about it, with the line as it should be.
  package var help: String {
    let name = String(decoding: bytes[key], as: UTF8.self)
    guard value.count <= 160 else { return "put single quotes around the whole value of `\(name)`" }
    let local = quotingEdits.map { ByteEdit($0.range.lowerBound - value.lowerBound..<$0.range.upperBound - value.lowerBound, $0.replacement) }
    let quoted = local.applied(to: Array(bytes[value]))
    return "quote the whole value: `\(name): \(String(decoding: quoted, as: UTF8.self))`"
  }

  /// Double quotes stay, because `\n` and the like mean something only in them.
  private func escapingEdits(_ inner: Range<Int>) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var index = inner.lowerBound
    while index < inner.upperBound {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "\"") {
        edits.append(ByteEdit(index..<index, [UInt8(ascii: "\\")]))
      }
      index += 1
    }
    return edits
  }

  /// The key of a line after its indentation and list dashes, and where the rest begins.
  private static func key(in line: ArraySlice<UInt8>) -> (Range<Int>, Int)? {
    var start = line.startIndex
    while start < line.endIndex, line[start].isBlank || (line[start] == UInt8(ascii: "-") && line.isBlank(at: start + 1)) { start += 1 }
    var end = start
    if start < line.endIndex, line[start].isQuote {
      guard let close = line[(start + 1)...].firstIndex(of: line[start]) else { return nil }
      end = close + 1
    }
    while end < line.endIndex, !(line[end] == UInt8(ascii: ":") && line.isBlank(at: end + 1)) { end += 1 }
    guard end > start, end < line.endIndex, line[start] != UInt8(ascii: "#") else { return nil }
    return (start..<end, end + 1)
  }

  /// Blanks, the carriage return and a comment (`#` between blanks) do not belong to the value.
  private static func value(from start: Int, in line: ArraySlice<UInt8>) -> Range<Int> {
    var start = start
    while start < line.endIndex, line[start].isBlank { start += 1 }
    var end = line.endIndex
    if let hash = line.indices.first(where: { $0 >= start && line[$0] == UInt8(ascii: "#") && line[$0 - 1].isBlank && line.isBlank(at: $0 + 1) }) {
      end = hash
    }
    while end > start, line[end - 1].isBlank { end -= 1 }
    return start..<max(start, end)
  }
}

extension ValueLine.Fault {
  /// Nil when the value looks fine.
  fileprivate init?(in value: ArraySlice<UInt8>) {
    guard let first = value.first, let last = value.last else { return nil }
    switch first {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard let close = value.closingBracket else {
        self = .unclosed
        return
      }
      guard close < value.endIndex - 1 else { return nil }
      self = .textAfterCollection
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let close = value.closingQuote, close < value.endIndex - 1 else { return nil }
      // A quote right before a word opens it; one after a word closes what came first.
      let opensWord = first == UInt8(ascii: "\"") && last == first && !value[close + 1].isBlank
      self = opensWord ? .innerQuotes : .textAfterQuotes
    case _ where "*&!%@`]},|>".utf8.contains(first): self = .indicator(first)
    case UInt8(ascii: "-") where value.isBlank(at: value.startIndex + 1): self = .indicator(first)
    case UInt8(ascii: "?") where value.isBlank(at: value.startIndex + 1): self = .indicator(first)
    default:
      guard value.indices.contains(where: { value[$0] == UInt8(ascii: ":") && value.isBlank(at: $0 + 1) }) else { return nil }
      self = .colon
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a blank or the end is there.
  fileprivate func isBlank(at index: Int) -> Bool { index >= endIndex || self[index].isBlank }

  /// Where the quotes that open the value end.
  fileprivate var closingQuote: Int? { closingQuote(of: startIndex) }

  private func closingQuote(of open: Int) -> Int? {
    var index = open + 1
    while index < endIndex {
      if self[open] == UInt8(ascii: "\""), self[index] == UInt8(ascii: "\\") {
        index += 1
      } else if self[index] == self[open] {
        guard self[open] == UInt8(ascii: "'"), index + 1 < endIndex, self[index + 1] == self[open] else { return index }
        index += 1
      }
      index += 1
    }
    return nil
  }

  /// Where the bracket that opens the value is closed.
  fileprivate var closingBracket: Int? {
    var depth = 0
    var index = startIndex
    while index < endIndex {
      switch self[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return index }
      // Only where a value may begin is a quote one; `don't` has none.
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if "[{, ".utf8.contains(self[index - 1]) { index = closingQuote(of: index) ?? index }
      default: break
      }
      index += 1
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
  fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}
