import Diagnostics
import FileTree

/// Tools of the repository that run by themselves and change what aiwg wrote, so that every check fails behind them.
@Sendable func rewritingFormatters(_ input: LintInput) -> [LintFinding] {
  let repository = input.repository
  guard repository.files != nil, !repository.outputs.isEmpty else { return [] }
  var outputs = OutputTexts(repository)
  return (preCommitRewriters(repository) + [prettierRewriter(repository), dprintRewriter(repository)].compactMap(\.self)).compactMap { tool in
    let hit = repository.outputs.filter { tool.reaches($0.text) && outputs.isRewritten($0, by: tool.change) }
    guard !hit.isEmpty else { return nil }
    let names = hit.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (hit.count > 3 ? " …" : "")
    let message = "\(tool.name) rewrites \(hit.count) \(hit.count == 1 ? "file" : "files") that aiwg writes, and `aiwg check` fails then"
    return LintFinding(
      Diagnostic(
        .warning, "formatter/rewrites-outputs", message, at: tool.place, notes: [names],
        help: tool.help(foldersOfOutputs(hit, besides: repository.files ?? []))))
  }
}

/// A tool that changes files.
struct Rewriter {
  enum Change: Hashable {
    /// Nearly any Markdown may come out in another form.
    case markdown
    /// A file ends with one line end.
    case endOfFile
    /// No line ends with blanks; two of them in Markdown may stay.
    case trailingBlanks(keepsLineBreaks: Bool)
    /// All lines end in the same way.
    case mixedLineEnds
  }

  /// As the finding begins.
  var name: String
  var place: SourcePlace
  var change: Change
  /// Whether it looks at a path at all.
  var reaches: (String) -> Bool
  /// What to write where, for files and for folders, which end in a slash.
  var help: ([String]) -> String
}

/// The bytes of outputs, as far as somebody asks for them.
private struct OutputTexts {
  private let repository: LintedRepository
  private var read: [TreePath: [UInt8]] = [:]

  init(_ repository: LintedRepository) { self.repository = repository }

  mutating func isRewritten(_ path: TreePath, by change: Rewriter.Change) -> Bool {
    if change == .markdown { return path.name.hasSuffix(".md") }
    let bytes = read[path] ?? ((try? repository.tree.read(path)) ?? [])
    read[path] = bytes
    guard !bytes.isEmpty, !bytes.contains(0) else { return false }
    // In a file of the user's only the block is aiwg's.
    let block = managedBlock(in: bytes)
    let part = bytes[block ?? 0..<bytes.count]
    switch change {
    case .markdown: return true
    case .endOfFile: return block == nil && (bytes.last != UInt8(ascii: "\n") || bytes.suffix(2).elementsEqual("\n\n".utf8))
    case .mixedLineEnds: return hasMixedLineEnds(part)
    case .trailingBlanks(let keepsLineBreaks): return hasTrailingBlanks(part, keepsLineBreaks: keepsLineBreaks && path.name.hasSuffix(".md"))
    }
  }

  private func hasMixedLineEnds(_ bytes: ArraySlice<UInt8>) -> Bool {
    var (windows, all) = (0, 0)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        all += 1
        if previous == UInt8(ascii: "\r") { windows += 1 }
      }
      previous = byte
    }
    return windows > 0 && windows < all
  }

  private func hasTrailingBlanks(_ bytes: ArraySlice<UInt8>, keepsLineBreaks: Bool) -> Bool {
    bytes.split(separator: UInt8(ascii: "\n")).contains { line in
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let blanks = text.reversed().prefix { $0 == 0x20 || $0 == 0x09 }
      guard !blanks.isEmpty else { return false }
      return !(keepsLineBreaks && blanks.count == 2 && blanks.allSatisfy { $0 == 0x20 } && blanks.count < text.count)
    }
  }

  private func managedBlock(in bytes: [UInt8]) -> Range<Int>? {
    guard let start = bytes.firstRange(of: Array("<!-- aiwg:begin -->".utf8)), let end = bytes.firstRange(of: Array("<!-- aiwg:end -->".utf8)) else {
      return nil
    }
    // The marker's own line is no part of it.
    let first = bytes[start.upperBound...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start.upperBound
    return first <= end.lowerBound ? first..<end.lowerBound : nil
  }
}

/// The lines that cover some outputs: folders in which there is nothing else, with a slash at the end, and else the files.
private func foldersOfOutputs(_ outputs: [TreePath], besides others: [TreePath]) -> [String] {
  let owned = Set(others.flatMap(\.ancestors))
  var lines: [String] = []
  for output in outputs {
    // Such as `.tool/skills`: the whole of a hidden folder may hold more tomorrow.
    let candidate = output.ancestors.last { $0.depth == 2 } ?? output.ancestors.last { $0.depth == 1 && $0.text.hasPrefix(".") }
    let line = candidate.flatMap { owned.contains($0) ? nil : $0.text + "/" } ?? output.text
    if lines.last != line, !lines.contains(line) { lines.append(line) }
  }
  return lines
}
