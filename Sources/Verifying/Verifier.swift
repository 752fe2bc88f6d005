package import Diagnostics
package import FileTree
import Patterns

/// A line that a check found.
package struct Finding: Hashable, Sendable {
  package var path: TreePath
  /// From 1.
  package var line: Int
  /// In bytes, from 1.
  package var column: Int
  /// Bytes.
  package var width: Int
  /// The line, without its end.
  package var text: String
  /// Index of the check among those of the verifier.
  package var check: Int
  /// Why somebody lets it be; nil when nobody does.
  package var exception: String?
}

/// What became of looking at files.
package struct Verification: Sendable {
  /// In the order of their paths and lines.
  package var findings: [Finding] = []
  /// Those that somebody wrote an exception for.
  package var excepted: [Finding] = []
  /// Files that were looked at; binary ones and those that are too large are not.
  package var files = 0
  package var problems: [TreeError] = []
}

/// Looks for the lines that checks are about.
package struct Verifier: Sendable {
  package let checks: [Check]
  /// Larger files are data, or made by a program.
  package static let mostFileBytes = 1 << 20
  /// Longer lines are made by a program.
  package static let mostLineBytes = 10_000

  /// One pattern that files are searched for: that of a check, or that of what it lets be.
  private enum Search {
    case lines(Int)
    case declarations(Int)
  }

  private let searches: [Search]
  private let finder: TextFinder
  /// By text of the finder: the searches that it is needed for.
  private let uses: [[Int]]
  /// Searches whose pattern no text begins.
  private let unguided: [Int]

  package init(_ checks: [Check]) {
    self.checks = checks
    searches = checks.indices.map { .lines($0) } + checks.indices.filter { checks[$0].unlessDeclared != nil }.map { .declarations($0) }
    var texts: [[UInt8]: [Int]] = [:]
    var unguided: [Int] = []
    for (number, search) in searches.enumerated() {
      let literals = Self.pattern(of: search, checks).literals
      if literals.isEmpty { unguided.append(number) }
      for literal in literals { texts[literal, default: []].append(number) }
    }
    let sorted = texts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    finder = TextFinder(sorted.map(\.key))
    uses = sorted.map(\.value)
    self.unguided = unguided
  }

  private static func pattern(of search: Search, _ checks: [Check]) -> LinePattern {
    switch search {
    case .lines(let check): checks[check].pattern
    case .declarations(let check): checks[check].unlessDeclared?.pattern ?? checks[check].pattern
    }
  }

  /// What the checks find in some files of a tree.
  ///
  /// - Parameter others: files in which only declarations count.
  package func verify(_ paths: [TreePath], besides others: [TreePath] = [], of tree: any ReadableTree, lanes: any Lanes) -> Verification {
    var found = lanes.map(below: paths.count) { index in look(at: paths[index], of: tree) }
    let declaring = others.filter { path in checks.contains { $0.unlessDeclared?.isAbout(path.text) ?? false } }
    found += lanes.map(below: declaring.count) { index in
      var file = look(at: declaring[index], of: tree)
      (file.findings, file.isText) = ([], false)
      return file
    }
    var out = Verification()
    var declared: [Int: Set<[UInt8]>] = [:]
    for file in found {
      if file.isText { out.files += 1 }
      if let problem = file.problem { out.problems.append(problem) }
      for (check, name) in file.declared { declared[check, default: []].insert(name) }
    }
    for finding in found.flatMap(\.findings).sorted(by: { ($0.path, $0.line, $0.check) < ($1.path, $1.line, $1.check) }) {
      let names = declared[finding.check] ?? []
      let line = Array(finding.text.utf8)
      guard !names.contains(where: { line.firstRange(of: $0) != nil }) else { continue }
      if finding.exception == nil { out.findings.append(finding) } else { out.excepted.append(finding) }
    }
    return out
  }

  /// What one file has.
  private struct Looked: Sendable {
    var findings: [Finding] = []
    var declared: [(check: Int, name: [UInt8])] = []
    var isText = false
    var problem: TreeError?
  }

  private func look(at path: TreePath, of tree: any ReadableTree) -> Looked {
    var out = Looked()
    do throws(TreeError) {
      guard case .bytes(let bytes) = try tree.read(path, atMost: Self.mostFileBytes), !bytes.prefix(8_000).contains(0) else { return out }
      out.isText = true
      bytes.withUnsafeBufferPointer { look(at: $0, path, &out) }
    } catch {
      // What went meanwhile, and what only points elsewhere, has no lines.
      if !error.isAbsent, !error.isInTheWay { out.problem = error }
    }
    return out
  }

  private func look(at bytes: UnsafeBufferPointer<UInt8>, _ path: TreePath, _ out: inout Looked) {
    var file = FileInSearch(bytes: bytes, path: path.text, count: searches.count)
    finder.forEach(in: bytes) { text, end in
      for search in uses[text] { look(for: search, at: end - 1, &file, path, &out) }
    }
    for search in unguided {
      var position = 0
      while position < bytes.count {
        look(for: search, at: position, &file, path, &out)
        position = file.line(at: position).upperBound + 1
      }
    }
  }

  private func look(for search: Int, at position: Int, _ file: inout FileInSearch, _ path: TreePath, _ out: inout Looked) {
    guard position >= file.searchedUpTo[search] else { return }
    let line = file.line(at: position)
    file.searchedUpTo[search] = line.upperBound + 1
    guard line.count <= Self.mostLineBytes, file.isWanted(search, { isAbout(search, $0) }) else { return }
    let text = UnsafeBufferPointer(rebasing: file.bytes[file.withoutReturn(line)])
    let pattern = Self.pattern(of: searches[search], checks)
    switch searches[search] {
    case .declarations(let check):
      let names = pattern.matches(in: text).compactMap(\.group).filter { $0.count > 1 }
      out.declared += names.map { (check, Array(text[$0])) }
    case .lines(let check):
      guard let match = pattern.firstMatch(in: text), checks[check].unless?.firstMatch(in: text) == nil, !isLetGo(check, search, &file) else {
        return
      }
      out.findings.append(
        Finding(
          path: path, line: file.number(ofLineAt: line.lowerBound), column: match.range.lowerBound + 1, width: max(1, match.range.count),
          text: String(decoding: text, as: UTF8.self), check: check, exception: file.exception(for: checks[check], at: line)))
    }
  }

  private func isAbout(_ search: Int, _ path: String) -> Bool {
    switch searches[search] {
    case .lines(let check): checks[check].isAbout(path)
    case .declarations(let check): checks[check].unlessDeclared?.isAbout(path) ?? false
    }
  }

  /// Whether a line of the file lets the check's findings go.
  private func isLetGo(_ check: Int, _ search: Int, _ file: inout FileInSearch) -> Bool {
    guard let pattern = checks[check].unlessFile else { return false }
    if let known = file.isLetGo[search] { return known }
    let isLetGo = file.lines.contains { pattern.firstMatch(in: UnsafeBufferPointer(rebasing: file.bytes[file.withoutReturn($0)])) != nil }
    file.isLetGo[search] = isLetGo
    return isLetGo
  }
}
