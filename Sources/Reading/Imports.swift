package import FileTree

/// The files that lines of a text import: `@path`, outside of code, at the start of a line or after a blank.
package func importedPaths(in bytes: [UInt8], of file: TreePath) -> [TreePath] {
  var found: [TreePath] = []
  var fence: String?
  var lines = Lines(bytes)
  while let line = lines.next() {
    let text = line.text.drop { $0 == " " }
    let mark = String(text.prefix { $0 == "`" || $0 == "~" })
    if mark.count >= 3, fence.map({ mark.hasPrefix($0) }) ?? true {
      fence = fence == nil ? mark : nil
      continue
    }
    // Most lines import nothing.
    if fence != nil || !line.text.utf8.contains(UInt8(ascii: "@")) { continue }
    for word in words(in: line.text) {
      if let path = file.parent.following(word), !found.contains(path) { found.append(path) }
    }
  }
  return found
}

/// The words behind an `@` that begins one, code spans left out.
private func words(in line: String) -> [String] {
  let spans = line.split(separator: "`", omittingEmptySubsequences: false)
  var out: [String] = []
  for (index, span) in spans.enumerated() where index % 2 == 0 || index == spans.count - 1 && spans.count % 2 == 0 {
    for word in span.split(whereSeparator: \.isWhitespace) where word.first == "@" && word.count > 1 {
      out.append(String(word.dropFirst()))
    }
  }
  return out
}
