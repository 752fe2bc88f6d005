package import Diagnostics

/// Reads one document from a file or a part of it.
///
/// A byte order mark at the start is skipped. Only the core schema counts: no tags, no merge keys, no YAML 1.1 booleans; a duplicate key is an error.
/// - Parameter range: byte offsets in the file; nil reads all of it.
/// - Returns: nil for an empty document, and when something is wrong: then at least one error was appended.
package func parseYAML(_ source: SourceText, in range: Range<Int>? = nil, limits: YAMLLimits, diagnostics: inout [Diagnostic]) -> YAMLNode? {
  let whole = 0..<source.bytes.count
  var part = (range ?? whole).clamped(to: whole)
  if source.bytes[part].starts(with: [0xEF, 0xBB, 0xBF]) { part = part.lowerBound + 3..<part.upperBound }
  guard !part.isEmpty else { return nil }
  guard part.count <= limits.bytes else {
    let message = "\(part.count) bytes of YAML are more than the limit of \(limits.bytes)"
    diagnostics.append(
      Diagnostic(.error, "yaml/too-large", message, at: source.place(at: part.lowerBound), help: "take out what does not belong there"))
    return nil
  }
  // The line break that a text ends with where the file's last line is blanks alone; libyaml leaves it out.
  let bytes = source.bytes[part].endsInBlankLine ? source.bytes[part] + [UInt8(ascii: "\n")] : source.bytes[part]
  return bytes.withUnsafeBufferPointer { bytes in
    var composer = Composer(source, bytes, part: part, limits: limits)
    let root = composer.document()
    // Whatever else is wrong comes from the markers.
    if root?.pairs == nil, let merge = unfinishedMerge(in: source, part) {
      diagnostics.append(merge)
      return nil
    }
    diagnostics += composer.findings
    return root
  }
}

extension ArraySlice<UInt8> {
  /// Whether the last line has blanks, no end, and nothing else.
  fileprivate var endsInBlankLine: Bool {
    guard last == 0x20, let text = lastIndex(where: { $0 != 0x20 }) else { return false }
    return self[text] == UInt8(ascii: "\n")
  }
}

/// The error for a merge that nobody finished; nil when the three markers are not there.
private func unfinishedMerge(in source: SourceText, _ part: Range<Int>) -> Diagnostic? {
  var start: Range<Int>?
  var hasMiddle = false
  for line in source.bytes[part].split(separator: UInt8(ascii: "\n")) {
    if line.starts(with: "<<<<<<< ".utf8) {
      (start, hasMiddle) = (start ?? line.startIndex..<line.endIndex, false)
    } else if line.starts(with: "=======".utf8) {
      hasMiddle = start != nil
    } else if hasMiddle, let start, line.starts(with: ">>>>>>> ".utf8) {
      return Diagnostic(
        .error, "yaml/unfinished-merge", "an unfinished merge begins here", at: source.place(start),
        help: "bring the two sides together, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
    }
  }
  return nil
}
