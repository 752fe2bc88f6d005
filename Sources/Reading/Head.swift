/// The head of a file as platforms read it: keys and texts, line by line, whatever a strict parser would make of it.
///
/// Some platforms' own readers take values that are no valid YAML, and their users write those.
struct Head {
  /// By key; a list has an element for each item, anything else has one.
  private var values: [String: [String]] = [:]
  /// Where the head ends and the rest of the file begins; 0 without a head.
  private(set) var end = 0

  /// The head between two lines of three dashes.
  init(markdown bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lines = Lines(bytes, from: start)
    guard let first = lines.next(), first.text == "---" else { return }
    var found: [Substring] = []
    while let line = lines.next() {
      if line.text == "---" {
        end = line.end
        take(found)
        return
      }
      found.append(Substring(line.text))
    }
  }

  /// A file that is one map; the keys of a map inside of it are `outer.inner`.
  init(yaml bytes: [UInt8]) {
    var outer = ""
    var lines = Lines(bytes)
    while let line = lines.next() {
      let text = line.text.trimmed
      guard !text.hasPrefix("#"), let colon = text.firstIndex(of: ":") else { continue }
      let key = String(text[..<colon]).trimmed
      let isInner = line.text.first == " " || line.text.first == "\t"
      if !isInner { outer = key }
      values[isInner ? outer + "." + key : key] = items(Substring(text[text.index(after: colon)...]).trimmed)
    }
  }

  /// A file that is one table of keys and values.
  init(toml bytes: [UInt8]) {
    var lines = Lines(bytes)
    while let line = lines.next() {
      guard let sign = line.text.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = line.text[line.text.utf8.index(after: sign)...].trimmed
      if let delimiter = ["\"\"\"", "'''"].first(where: { value.hasPrefix($0) }) {
        // A text of many lines is no field that anything is decided by.
        if !value.dropFirst(3).contains(delimiter) { lines.skip(past: Array(delimiter.utf8)) }
      } else {
        values[line.text[..<sign].trimmed] = [unquoted(value)]
      }
    }
  }

  /// The text of a key; nil when there is none.
  subscript(key: String) -> String? {
    guard let value = values[key], !value.isEmpty else { return nil }
    return value.joined(separator: ", ")
  }

  /// The patterns of a key: items of a list, and parts between commas outside of braces.
  func patterns(_ key: String) -> [String] { (values[key] ?? []).flatMap(splitAtCommas).filter { !$0.isEmpty } }

  private mutating func take(_ lines: [Substring]) {
    var key: String?
    for line in lines {
      let indented = line.first == " " || line.first == "\t"
      let text = line.trimmed
      if text.isEmpty || text.first == "#" { continue }
      if text.hasPrefix("- ") || text == "-" {
        if let key { values[key, default: []].append(unquoted(Substring(text.dropFirst()).trimmed)) }
      } else if indented {
        // A text that goes on.
        if let key { values[key] = [((values[key] ?? []) + [text]).joined(separator: " ")] }
      } else if let colon = text.firstIndex(of: ":") {
        let name = String(text[..<colon]).trimmed
        let value = Substring(text[text.index(after: colon)...]).trimmed
        key = name
        values[name] = items(value)
      }
    }
  }

  private func items(_ value: String) -> [String] {
    if value.isEmpty || [">", "|", ">-", "|-", ">+", "|+"].contains(value) || value == "null" || value == "~" { return [] }
    guard value.hasPrefix("["), value.hasSuffix("]") else { return [unquoted(value)] }
    return splitAtCommas(String(value.dropFirst().dropLast())).map(unquoted)
  }
}

private func splitAtCommas(_ text: String) -> [String] {
  var parts: [String] = [""]
  var depth = 0
  for character in text {
    switch character {
    case "{": depth += 1
    case "}": depth -= 1
    default: break
    }
    if character == "," && depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
  }
  return parts.map(\.trimmed)
}

private func unquoted(_ text: String) -> String {
  guard text.utf8.count >= 2, let first = text.first, first == "\"" || first == "'", text.last == first else { return text }
  return String(text.dropFirst().dropLast())
}

extension StringProtocol {
  /// Without blanks and line ends at both ends.
  fileprivate var trimmed: String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    var bytes = Array(utf8)[...]
    while bytes.first.map(isBlank) ?? false { bytes.removeFirst() }
    while bytes.last.map(isBlank) ?? false { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The lines of a text, without their ends.
struct Lines {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    position = start
  }

  /// The next line, where it starts, and where the one after it does; nil at the end.
  mutating func next() -> (text: String, start: Int, end: Int)? {
    guard position < bytes.count else { return nil }
    let start = position
    let stop = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    position = min(bytes.count, stop + 1)
    var line = bytes[start..<stop]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return (String(decoding: line, as: UTF8.self), start, position)
  }

  /// Goes on with the line after the one that has some bytes.
  mutating func skip(past mark: [UInt8]) {
    guard let first = mark.first else { return }
    while let start = bytes[position...].firstIndex(of: first) {
      position = start + 1
      guard bytes[start...].starts(with: mark) else { continue }
      _ = next()
      return
    }
    position = bytes.count
  }
}
