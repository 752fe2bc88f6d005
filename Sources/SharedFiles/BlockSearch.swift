package import Diagnostics
package import FileTree

/// What a search for the managed block of a file comes to.
package enum BlockSearch: Sendable {
  case none
  case found(ManagedBlock)
  /// The markers do not make one block; what is wrong, each with its line.
  case damaged([Diagnostic])
}

/// Looks for the block of a file that is the user's.
///
/// With no syntax given (when only the lock speaks of the block) either will do, the one of Markdown first.
package func findBlock(in source: SourceText, syntax: BlockSyntax?) -> BlockSearch {
  if let problem = unreadable(source) { return .damaged([problem]) }
  guard let syntax else {
    let found = findBlock(in: source, syntax: .markdown)
    if case .none = found { return findBlock(in: source, syntax: .hash) }
    return found
  }
  var scan = MarkerScan(source: source, syntax: syntax)
  for line in lines(of: source.bytes, beginningWith: syntax.firstByte) { scan.take(line) }
  return scan.result()
}

/// A file that text cannot be added to.
private func unreadable(_ source: SourceText) -> Diagnostic? {
  let isWide = source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF])
  guard isWide || source.bytes.contains(0) else { return nil }
  return Diagnostic(
    .error, "block/not-text", "`\(source.path)` is not a UTF-8 text, so no block can be put into it", at: source.whole,
    help: "save the file as UTF-8, or move it out of the way")
}

/// The markers of one file, taken line by line.
private struct MarkerScan {
  /// Each costs a look at the whole file, and nobody reads more.
  private static let mostFindings = 20

  let source: SourceText
  let syntax: BlockSyntax
  private var open: Line?
  private var pairs: [(begin: Line, end: Line)] = []
  private var problems: [Diagnostic] = []

  init(source: SourceText, syntax: BlockSyntax) {
    self.source = source
    self.syntax = syntax
  }

  mutating func take(_ line: Line) {
    guard problems.count < Self.mostFindings else { return }
    switch line.marker(syntax) {
    case nil: break
    case .begin:
      if let open {
        report("block/two-begins", "this block begins inside of another one", at: line, note: "the other one begins at line \(number(open))")
      } else {
        if let first = pairs.first {
          report(
            "block/two-blocks", "a file has one managed block, and this is another one", at: line,
            note: "the first one begins at line \(number(first.begin))")
        }
        open = line
      }
    case .end:
      if let begin = open {
        pairs.append((begin, line))
        open = nil
      } else {
        report("block/no-begin", "this end of a managed block has no begin above it", at: line)
      }
    }
  }

  mutating func result() -> BlockSearch {
    if let open { report("block/no-end", "this managed block has no end", at: open) }
    guard problems.isEmpty else { return .damaged(problems) }
    guard let (begin, end) = pairs.first else { return .none }
    return .found(
      ManagedBlock(
        file: source.bytes, syntax: syntax, range: begin.text.startIndex..<end.text.endIndex,
        inner: begin.lineBreak.endIndex..<end.text.startIndex, lineBreak: Array(begin.lineBreak)))
  }

  private func number(_ line: Line) -> Int { source.place(at: line.text.startIndex).line ?? 1 }

  private mutating func report(_ id: String, _ message: String, at line: Line, note: String? = nil) {
    let (begin, end) = (String(decoding: syntax.begin, as: UTF8.self), String(decoding: syntax.end, as: UTF8.self))
    problems.append(
      Diagnostic(
        .error, id, message, at: source.place(line.text.startIndex..<line.text.endIndex), notes: note.map { [$0] } ?? [],
        help: "leave one line `\(begin)` and one line `\(end)` below it, or delete the block with its markers; then run `aiwg sync`"))
  }
}
