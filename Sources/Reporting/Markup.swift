import Diagnostics

/// HTML in the making: every element is closed, and every text escaped.
struct Markup {
  private(set) var text = ""

  /// An element with what `content` puts into it.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout Markup) -> Void) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>"
  }

  /// An element with a text.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>, _ words: String) {
    element(name, attributes) { $0.say(words) }
  }

  /// An element with a text and no attributes.
  mutating func element(_ name: String, _ words: String) { element(name) { $0.say(words) } }

  /// An element that can have nothing in it.
  mutating func void(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) { open(name, attributes) }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<" + name
    for (key, value) in attributes { text += value.isEmpty ? " \(key)" : " \(key)=\"\(Self.escaped(value))\"" }
    text += ">"
  }

  /// A text.
  mutating func say(_ words: String) { text += Self.escaped(words) }

  /// A text in which what stands between backticks is code.
  mutating func tell(_ words: String) {
    let parts = words.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    // One that is never closed is a backtick.
    guard parts.count % 2 == 1 else { return say(words) }
    for (number, part) in parts.enumerated() where !part.isEmpty {
      if number % 2 == 1 { element("code", part) } else { say(part) }
    }
  }

  /// A line break between elements, for whoever reads the source.
  mutating func line() { text += "\n" }

  /// The text of a style or a script, which is ours.
  mutating func raw(_ words: String) { text += words }

  /// A text that is a text wherever it stands in HTML, with control characters shown.
  static func escaped(_ words: String) -> String {
    guard !words.utf8.allSatisfy(\.isPlain) else { return words }
    var out = ""
    for scalar in words.escapedForDisplay.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension UInt8 {
  /// Whether it is a printable character of ASCII that means nothing in HTML.
  fileprivate var isPlain: Bool {
    (0x20..<0x7F).contains(self) && ![UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'")].contains(self)
  }
}
