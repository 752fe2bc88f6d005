internal import Diagnostics
internal import YAML

/// A Markdown file taken apart into its head and its body.
struct MarkdownFile {
  let text: SourceText
  /// The lines between the two `---`; nil when there is no frontmatter.
  let head: Range<Int>?
  /// The keys of the head; empty when there is none, and after an error.
  private(set) var pairs: [YAMLPair] = []
  let body: Range<Int>

  /// Reads a file that is a head from its first byte to its last; errors go to `findings`.
  init(keysOnly text: SourceText, findings: inout [Diagnostic]) {
    self.text = text
    let start = text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    head = start..<text.bytes.count
    body = text.bytes.count..<text.bytes.count
    if let offset = text.bytes.firstInvalidUTF8 {
      findings.append(
        Diagnostic(.error, "frontmatter/not-utf8", "not valid UTF-8", at: text.place(at: offset), help: "save the file as UTF-8"))
      return
    }
    if let merge = mergeFinding(TextSurvey(text.bytes)) {
      findings.append(merge)
      return
    }
    let root = parseYAML(text, in: start..<text.bytes.count, limits: .frontmatter, diagnostics: &findings)
    guard !findings.hasErrors else { return }
    guard let found = root?.pairs else {
      findings.append(
        Diagnostic(
          .error, "frontmatter/not-a-mapping", "expected keys and values\(root.map { ", not " + $0.kindInWords } ?? "")", at: text.place(at: start),
          help: "write `key: value` lines"))
      return
    }
    pairs = found
  }

  /// Takes a file that has no head for a body.
  init(bodyOnly text: SourceText) {
    (self.text, head, body) = (text, nil, 0..<text.bytes.count)
  }

  /// Reads a file; errors go to `findings`.
  init(_ text: SourceText, findings: inout [Diagnostic]) {
    self.text = text
    let split = HeadSplit(text.bytes)
    head = split.head
    body = split.body
    if let offset = text.bytes.firstInvalidUTF8 {
      findings.append(
        Diagnostic(.error, "frontmatter/not-utf8", "not valid UTF-8", at: text.place(at: offset), help: "save the file as UTF-8"))
      return
    }
    let survey = TextSurvey(text.bytes)
    if let merge = mergeFinding(survey) {
      findings.append(merge)
      return
    }
    findings += controlFindings(survey)
    if let opening = split.unclosed {
      let help = "add a line `---` after the last key; begin the file with an empty line if the `---` is not meant as frontmatter"
      findings.append(Diagnostic(.error, "frontmatter/unclosed", "this frontmatter is never closed", at: text.place(opening), help: help))
    }
    if let marker = text.bytes.firstManagedMarker(in: body) {
      let help = "write it in another way: a body with this line would break the file that holds the block"
      findings.append(Diagnostic(.error, "body/managed-marker", "a marker of a managed block is in the text", at: text.place(marker), help: help))
    }
    guard let head, let root = parseYAML(text, in: head, limits: .frontmatter, diagnostics: &findings) else { return }
    guard let found = root.pairs else {
      let help = "write `key: value` lines between the two `---`"
      findings.append(
        Diagnostic(.error, "frontmatter/not-a-mapping", "expected keys and values, not \(root.kindInWords)", at: text.place(root.range), help: help))
      return
    }
    pairs = found
  }
}

/// Where the head of a file ends and its body begins, by bytes alone.
///
/// A first line `---` opens a head. When no `---` closes it, it is an unclosed head if a line before the next empty one looks like a key;
/// else it is a thematic break, and the whole file is body.
package struct HeadSplit {
  /// The lines between the two `---`; nil when there are none.
  package private(set) var head: Range<Int>?
  /// What follows the head, to the end of the file.
  package private(set) var body: Range<Int>
  /// The opening line of a head that nothing closes.
  private(set) var unclosed: Range<Int>?

  /// Looks at a whole file; a byte order mark belongs to neither part.
  package init(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    body = start..<bytes.count
    let first = bytes.line(from: start)
    guard bytes.isDashes(first) else { return }
    let headStart = min(first.upperBound + 1, bytes.count)
    var position = headStart
    var mayBeKeys = true
    var hasKey = false
    while position < bytes.count {
      let line = bytes.line(from: position)
      position = min(line.upperBound + 1, bytes.count)
      if bytes.isDashes(line) {
        head = headStart..<line.lowerBound
        body = position..<bytes.count
        return
      }
      mayBeKeys = mayBeKeys && !bytes[line].allSatisfy(\.isBlank)
      hasKey = hasKey || (mayBeKeys && bytes.looksLikeKey(line))
    }
    if hasKey { unclosed = first }
  }
}

extension [UInt8] {
  /// The line that begins at an offset, without its line feed.
  fileprivate func line(from start: Int) -> Range<Int> {
    start..<(self[start...].firstIndex(of: UInt8(ascii: "\n")) ?? count)
  }

  fileprivate func isDashes(_ line: Range<Int>) -> Bool {
    self[line].starts(with: "---".utf8) && self[line].dropFirst(3).allSatisfy(\.isBlank)
  }

  /// `word:` and then a blank or the end of the line.
  fileprivate func looksLikeKey(_ line: Range<Int>) -> Bool {
    let word = self[line].prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard !word.isEmpty, word.endIndex < line.upperBound, self[word.endIndex] == UInt8(ascii: ":") else { return false }
    return word.endIndex + 1 == line.upperBound || self[word.endIndex + 1].isBlank
  }
}
