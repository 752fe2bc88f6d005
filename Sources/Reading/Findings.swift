package import FileTree
import Globs
package import Platforms

/// A paragraph that a platform loads more than once at the same time.
package struct Duplicate: Hashable, Sendable {
  /// Where it begins: the file and the line, counted from 1.
  package struct Spot: Hashable, Sendable {
    package var path: TreePath
    package var line: Int
  }

  /// Its first line.
  package var start: String
  /// Whether it is all of a file.
  package var isWhole = false
  package var bytes: Int
  /// Two or more, in the platform's order.
  package var spots: [Spot]
}

extension Reading {
  /// The paragraphs that are in the context more than once, those that cost most first.
  ///
  /// Short ones are left out: a heading may well be there twice.
  /// - Throws: `TreeError` when a file cannot be read.
  package func duplicates(in files: FileList, of tree: some ReadableTree) throws(TreeError) -> [Duplicate] {
    var found: [String: Duplicate] = [:]
    for (path, same) in Dictionary(grouping: loads.filter(\.isLoaded), by: \.path) where same.count > 1 {
      let bytes = same[0].kept.reduce(0) { $0 + $1.count }
      found[path.text + "/"] = Duplicate(start: "", isWhole: true, bytes: bytes, spots: same.map { _ in .init(path: path, line: 1) })
    }
    var seen: Set<TreePath> = []
    for load in loads where load.isLoaded && seen.insert(load.path).inserted {
      guard case .bytes(let bytes) = try tree.read(files.place(of: load.path), atMost: mostReadBytes) else { continue }
      for paragraph in paragraphs(of: bytes) where load.kept.contains(where: { $0.contains(paragraph.offset) }) {
        let spot = Duplicate.Spot(path: load.path, line: paragraph.line)
        found[paragraph.words, default: Duplicate(start: paragraph.start, bytes: paragraph.words.utf8.count, spots: [])].spots.append(spot)
      }
    }
    return found.values.filter { $0.spots.count > 1 }.sorted {
      ($1.bytes * ($1.spots.count - 1), $0.spots[0].path, $0.spots[0].line) < ($0.bytes * ($0.spots.count - 1), $1.spots[0].path, $1.spots[0].line)
    }
  }
}

/// The longest file that is looked into.
let mostReadBytes = 64 << 20

/// A paragraph has at least as many bytes to count as one that is there twice.
private let leastParagraph = 40

private func paragraphs(of bytes: [UInt8]) -> [(words: String, start: String, line: Int, offset: Int)] {
  var out: [(words: String, start: String, line: Int, offset: Int)] = []
  var lines = Lines(bytes)
  var number = 0
  var open: (texts: [String], line: Int, offset: Int)?
  func close() {
    guard let (texts, line, offset) = open else { return }
    open = nil
    let words = texts.flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
    if words.utf8.count >= leastParagraph { out.append((words, texts[0], line, offset)) }
  }
  while let line = lines.next() {
    number += 1
    // A head, and comments such as the markers of a block, are no part of what stands beside them.
    if line.text.allSatisfy(\.isWhitespace) || line.text == "---" || line.text.hasPrefix("<!--") && line.text.hasSuffix("-->") {
      close()
    } else if open == nil {
      open = ([line.text], number, line.start)
    } else {
      open?.texts.append(line.text)
    }
  }
  close()
  return out
}

/// A file that looks meant for a platform, and that none of its surfaces reads.
package struct Unread: Hashable, Sendable {
  package var path: TreePath
  /// A pattern of the platform's that nearly fits: what it reads in that folder.
  ///
  /// Nil where it reads nothing.
  package var nearest: String?
}

/// The files in a platform's own folders that it never reads, and that are no resources of a skill.
///
/// Only texts of the sort that carry context count; settings have readers of their own.
package func unreadFiles(_ files: FileList, by platform: Platform, _ readings: [Reading]) -> [Unread] {
  let folders = platform.detect.filter { $0.hasSuffix("/") }.compactMap { TreePath(String($0.dropLast())) }
  let read = Set(readings.flatMap { $0.loads.map(\.path) + $0.hidden.map(\.path) })
  let skills = Set(read.filter { $0.name == "SKILL.md" || $0.name == "AGENT.md" }.compactMap(\.parent))
  let known = platform.unread.map { Glob($0) }
  return files.paths.filter { path in
    guard !read.contains(path) else { return false }
    if known.contains(where: { $0.matches(path.text) }) { return true }
    guard folders.contains(where: { path.isInside($0) }) else { return false }
    guard ["md", "mdc", "markdown", "toml", "txt"].contains(path.name.split(separator: ".").last.map(String.init) ?? "") else { return false }
    // Its own settings, which are no context.
    guard path.name != "config.toml", path.name != "README.md" else { return false }
    return !path.ancestors.contains { skills.contains($0) }
  }.map { path in Unread(path: path, nearest: nearest(to: path, platform)) }
}

/// What the platform reads in the same folder, or else below the same first two.
private func nearest(to path: TreePath, _ platform: Platform) -> String? {
  let patterns = platform.reads.map(\.path)
  let folder = (path.parent?.text ?? "") + "/"
  if let same = patterns.first(where: { $0.hasPrefix(folder) && $0.contains("*") }) { return same }
  let start = path.parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") + "/"
  return patterns.first { $0.hasPrefix(start) }
}
