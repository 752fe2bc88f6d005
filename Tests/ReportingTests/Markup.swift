/// What is wrong with a page of HTML, as far as its tags tell: open and closed alike, each id once, each link inside leads somewhere, every text
/// escaped.
struct MarkupCheck {
  private(set) var problems: [String] = []
  private(set) var ids: Set<String> = []
  /// By name: how many there are.
  private(set) var counts: [String: Int] = [:]
  /// Values of attributes, by name.
  private(set) var values: [String: [String]] = [:]
  private var open: [String] = []
  private let bytes: [UInt8]
  private var at = 0

  private static let void: Set<String> = ["meta", "link", "br", "input"]

  init(_ page: String) {
    bytes = Array(page.utf8)
    let doctype = Array("<!doctype html>".utf8)
    if bytes.starts(with: doctype) { at = doctype.count } else { problems.append("no doctype") }
    while at < bytes.count, problems.count < 20 { step() }
    if !open.isEmpty { problems.append("never closed: \(open)") }
    for link in values["href"] ?? [] where link.hasPrefix("#") {
      if !ids.contains(String(link.dropFirst())) { problems.append("\(link) leads nowhere") }
    }
  }

  private mutating func step() {
    switch bytes[at] {
    case UInt8(ascii: "<"): tag()
    case UInt8(ascii: "&"): entity()
    case UInt8(ascii: ">"):
      problems.append("a bare > at byte \(at)")
      at += 1
    default: at += 1
    }
  }

  private mutating func entity() {
    let rest = String(decoding: bytes[at..<min(at + 8, bytes.count)], as: UTF8.self)
    if !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(where: rest.hasPrefix) { problems.append("a bare & before \(rest)") }
    at += 1
  }

  private mutating func tag() {
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else {
      problems.append("a tag without an end")
      at = bytes.count
      return
    }
    let text = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
    at = end + 1
    if text.hasPrefix("/") {
      let name = String(text.dropFirst())
      if open.popLast() != name { problems.append("</\(name)> closes something else") }
      return
    }
    let name = String(text.prefix { $0.isLetter || $0.isNumber })
    if name.isEmpty || name != name.lowercased() { problems.append("<\(text)> is no tag") }
    counts[name, default: 0] += 1
    attributes(text.dropFirst(name.count), of: name)
    guard !Self.void.contains(name) else { return }
    open.append(name)
    guard name == "style" || name == "script" else { return }
    let close = Array("</\(name)>".utf8)
    while at < bytes.count, !bytes[at...].starts(with: close) { at += 1 }
  }

  private mutating func attributes(_ text: Substring, of name: String) {
    var rest = text
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      let key = String(rest.prefix { $0 != "=" && $0 != " " })
      rest = rest.dropFirst(key.count)
      var value = ""
      if rest.hasPrefix("=\"") {
        rest = rest.dropFirst(2)
        value = String(rest.prefix { $0 != "\"" })
        rest = rest.dropFirst(value.count)
        if rest.first == "\"" { rest = rest.dropFirst() } else { problems.append("an open attribute in <\(name)>") }
      }
      if value.contains("<") { problems.append("a bare < in \(key)") }
      values[key, default: []].append(value)
      if key == "id", !ids.insert(value).inserted { problems.append("the id \(value) twice") }
      if key.hasPrefix("on") || key == "style" || key == "src" { problems.append("<\(name)> has \(key)") }
    }
  }
}
