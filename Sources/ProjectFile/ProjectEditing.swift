import Diagnostics
import YAML

extension Project {
  /// The text of a new aiwg.yaml.
  package var text: String {
    var lines = ["# What aiwg deploys into this repository."]
    if let requires { lines.append("requires: \"\(requires.text)\"") }
    if let platforms { lines.append("platforms: [\(platforms.joined(separator: ", "))]") }
    lines.append("sources:")
    for source in sources {
      switch source.origin {
      case .path(let path): lines.append("  - path: \(spelled(path))")
      case .library(let patterns): lines.append("  - library: [\(patterns.map(spelled).joined(separator: ", "))]")
      }
      if !source.exclude.isEmpty { lines += ["    exclude:"] + source.exclude.map { "      - \(spelled($0))" } }
    }
    if let locale { lines.append("locale: \(locale)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Text that stays text in YAML.
private func spelled(_ text: String) -> String {
  let isPlain = text.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == UInt8(ascii: ".") } ?? false
  let isSafe = text.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || ($0 >= 0x30 && $0 <= 0x39) || "./_-".utf8.contains($0) }
  return isPlain && isSafe && text != "." ? text : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}

/// What is left out, and why.
package struct Exclusion: Hashable, Sendable {
  /// Kind/name.
  package var pattern: String
  /// One line of words.
  package var reason: String

  package init(pattern: String, reason: String) {
    self.pattern = pattern
    self.reason = reason
  }
}

extension ProjectFile {
  /// The bytes with another list of platforms; all others stay.
  package func settingPlatforms(_ platforms: [String]) -> [UInt8] {
    guard let value = root?["platforms"], !value.isNull else {
      let line = "platforms: [\(platforms.joined(separator: ", "))]\n"
      guard let root, let first = root.pairs?.first, root["platforms"] == nil else { return source.bytes + separator + Array(line.utf8) }
      return [ByteEdit(first.key.range.lowerBound..<first.key.range.lowerBound, line.utf8)].applied(to: source.bytes)
    }
    let isBlock = source.bytes[value.range.lowerBound] == UInt8(ascii: "-")
    let glue = "\n" + String(repeating: " ", count: column(of: value.range.lowerBound)) + "- "
    let text = isBlock ? "- " + platforms.joined(separator: glue) : "[\(platforms.joined(separator: ", "))]"
    return [ByteEdit(value.range, text.utf8)].applied(to: source.bytes)
  }

  /// The bytes with more exclusions on one source, each with its reason as a comment; all others stay.
  package func adding(_ exclusions: [Exclusion], toSource index: Int) -> [UInt8] {
    guard !exclusions.isEmpty, let item = root?["sources"]?.list?[index], let pairs = item.pairs, let first = pairs.first, let last = pairs.last
    else { return source.bytes }
    let margin = String(repeating: " ", count: column(of: first.key.range.lowerBound))
    let isFlow = source.bytes[item.range.lowerBound] == UInt8(ascii: "{")
    let list = item["exclude"]
    if isFlow || (list.map { source.bytes[$0.range.lowerBound] == UInt8(ascii: "[") } ?? false) { return addingInFlow(exclusions, item: item) }
    let end = endOfLine(from: (list?.list?.last?.range ?? last.value.range).upperBound)
    let indent = list?.list?.first.map { String(repeating: " ", count: max(0, column(of: $0.range.lowerBound) - 2)) } ?? margin + "  "
    var lines = list == nil ? ["\(margin)exclude:"] : []
    lines += exclusions.map { "\(indent)- \($0.pattern)  # \($0.reason.replacing("\n", with: " "))" }
    return [ByteEdit(end..<end, ("\n" + lines.joined(separator: "\n")).utf8)].applied(to: source.bytes)
  }

  private func addingInFlow(_ exclusions: [Exclusion], item: YAMLNode) -> [UInt8] {
    let names = exclusions.map(\.pattern).joined(separator: ", ")
    if let list = item["exclude"] {
      let end = list.range.upperBound - 1
      return [ByteEdit(end..<end, ((list.list?.isEmpty ?? true ? "" : ", ") + names).utf8)].applied(to: source.bytes)
    }
    let end = item.range.upperBound - 1
    return [ByteEdit(end..<end, ", exclude: [\(names)]".utf8)].applied(to: source.bytes)
  }

  private var separator: [UInt8] { source.bytes.isEmpty || source.bytes.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")] }

  private func column(of offset: Int) -> Int {
    offset - ((source.bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
  }

  private func endOfLine(from offset: Int) -> Int {
    let end = source.bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
    return end > offset && source.bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }
}
