/// The difference of two texts as a unified diff in the style of git; empty when there is none.
///
/// The names are shown as they are given (`a/x`, `/dev/null`). What is not UTF-8 text is only said to differ.
package func unifiedDiff(old: [UInt8], new: [UInt8], oldName: String, newName: String, context: Int = 3) -> String {
  guard old != new else { return "" }
  guard isText(old), isText(new) else { return "Binary files \(oldName) and \(newName) differ\n" }
  let (oldLines, newLines) = (splitLines(old), splitLines(new))
  let script = script(from: oldLines, to: newLines)
  var out: [UInt8] = Array("--- \(oldName)\n+++ \(newName)\n".utf8)
  for hunk in hunks(script, context: max(0, context)) { write(hunk, oldLines, newLines, to: &out) }
  return String(decoding: out, as: UTF8.self)
}

/// For each line of a text, the line of another one that it is, or in whose place it stands; both counted from 0.
///
/// Nil for a line that was added.
package func lineOrigins(of new: [UInt8], in old: [UInt8]) -> [Int?] {
  // The last line may lack what all others end with.
  let text = { (line: ArraySlice<UInt8>) in line.last == UInt8(ascii: "\n") ? line.dropLast() : line }
  let (oldLines, newLines) = (splitLines(old).map(text), splitLines(new).map(text))
  var origins = [Int?](repeating: nil, count: newLines.count)
  for edit in script(from: oldLines, to: newLines) {
    for (offset, line) in edit.new.enumerated() where !edit.old.isEmpty {
      origins[line] = edit.old.lowerBound + (edit.old.count == edit.new.count ? offset : min(offset, edit.old.count - 1))
    }
  }
  return origins
}

private func isText(_ bytes: [UInt8]) -> Bool { !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil }

/// Groups of changes that share their context.
private func hunks(_ script: [Edit], context: Int) -> [[Edit]] {
  var out: [[Edit]] = []
  var current: [Edit] = []
  for (index, edit) in script.enumerated() {
    guard edit.isSame else {
      current.append(edit)
      continue
    }
    let (isFirst, isLast) = (current.isEmpty, index == script.count - 1)
    let head = edit.keeping(first: isFirst ? 0 : context)
    let tail = edit.keeping(last: isLast ? 0 : context)
    if !isFirst, !isLast, edit.old.count <= 2 * context {
      current.append(edit)
      continue
    }
    if !isFirst { out.append(current + [head]) }
    current = [tail]
  }
  if current.contains(where: { !$0.isSame }) { out.append(current) }
  return out.map { $0.filter { !$0.old.isEmpty || !$0.new.isEmpty } }
}

extension Edit {
  fileprivate func keeping(first count: Int) -> Edit {
    Edit(isSame: isSame, old: old.prefix(count), new: new.prefix(count))
  }

  fileprivate func keeping(last count: Int) -> Edit {
    Edit(isSame: isSame, old: old.suffix(count), new: new.suffix(count))
  }
}

private func write(_ hunk: [Edit], _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], to out: inout [UInt8]) {
  guard let first = hunk.first, let last = hunk.last else { return }
  let oldRange = first.old.lowerBound..<last.old.upperBound
  let newRange = first.new.lowerBound..<last.new.upperBound
  out += "@@ -\(numbers(oldRange)) +\(numbers(newRange)) @@\n".utf8
  func lines(_ mark: String, _ lines: ArraySlice<ArraySlice<UInt8>>) {
    for line in lines {
      out += mark.utf8
      out += line
      if line.last != UInt8(ascii: "\n") { out += "\n\\ No newline at end of file\n".utf8 }
    }
  }
  for edit in hunk {
    if edit.isSame {
      lines(" ", old[edit.old])
    } else {
      lines("-", old[edit.old])
      lines("+", new[edit.new])
    }
  }
}

/// The first line, 1-based, and how many; an empty range is told by the line before it.
private func numbers(_ range: Range<Int>) -> String {
  let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
  return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
}
