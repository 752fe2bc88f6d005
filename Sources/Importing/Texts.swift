import ContextLoading
import ContextModel
import FileTree

/// A part of a text that becomes a rule.
struct TextPart {
  var name: String
  /// Verbatim.
  var body: [UInt8]
}

/// Texts that platforms load as they are, as rules.
struct Texts {
  /// The parts of a text: all of it, or what stands under each heading of the second level.
  static func parts(of text: [UInt8], named name: String, isSplit: Bool) -> [TextPart] {
    guard isSplit else { return isBlank(text) ? [] : [TextPart(name: name, body: text)] }
    var parts: [TextPart] = []
    var current = TextPart(name: name, body: [])
    var fence: ArraySlice<UInt8>?
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      let line = text[start..<end]
      let mark = line.drop { $0 == UInt8(ascii: " ") }.prefix { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "~") }
      if mark.count >= 3 {
        if let open = fence { if mark.first == open.first, mark.count >= open.count { fence = nil } } else { fence = mark }
      } else if fence == nil, line.starts(with: "## ".utf8), let own = validName(like: String(decoding: line.dropFirst(3), as: UTF8.self)) {
        parts.append(current)
        current = TextPart(name: own, body: [])
      }
      current.body += line
      start = end
    }
    parts.append(current)
    return parts.filter { !isBlank($0.body) }.uniquelyNamed
  }

  /// The text without lines that make a platform load one of those files, and the files that they load.
  static func withoutImports(_ text: [UInt8], in file: TreePath, of others: Set<TreePath>) -> (text: [UInt8], imports: [TreePath]) {
    var out: [UInt8] = []
    var imports: [TreePath] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      let line = String(decoding: text[start..<end], as: UTF8.self).filter { !$0.isWhitespace }
      if line.hasPrefix("@"), let target = file.parent.following(String(line.dropFirst())), others.contains(target) {
        imports.append(target)
      } else {
        out += text[start..<end]
      }
      start = end
    }
    return imports.isEmpty ? (text, []) : (out, imports)
  }

  /// The first file of the repository that a line of a text loads, beside other texts; nil when there is none.
  static func loadedFile(in text: [UInt8], of file: TreePath, besides others: Set<TreePath>, exists: (TreePath) -> Bool) -> TreePath? {
    for reference in scannedBody(text, hasArguments: false).references where reference.spelling == .mention {
      if let target = file.parent.following(reference.path), !others.contains(target), exists(target) { return target }
    }
    return nil
  }

  static func isBlank(_ text: [UInt8]) -> Bool { text.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

extension [TextPart] {
  /// Two headings of one text may say the same.
  fileprivate var uniquelyNamed: [TextPart] {
    var counts: [String: Int] = [:]
    return map { part in
      counts[part.name, default: 0] += 1
      guard let count = counts[part.name], count > 1 else { return part }
      return TextPart(name: String(part.name.prefix(60)) + "-\(count)", body: part.body)
    }
  }
}
