package import FileTree
import Foundation

/// Several files as one text: a line `-- path --` before each, words in brackets after the path for what text cannot say.
///
/// `[run]` marks a file that may be run, `[base64]` one whose bytes are no text, `[bare]` one without a line break at its end. Real
/// instruction files in a repository would be read by the very platforms that they are about; these are not.
package struct Txtar {
  /// One file of an archive.
  package struct Entry {
    package var path: String
    package var bytes: [UInt8]
    /// Words in the header, such as `run`.
    package var flags: Set<String>

    package init(_ path: String, _ bytes: some Sequence<UInt8>, flags: Set<String> = []) {
      self.path = path
      self.bytes = Array(bytes)
      self.flags = flags
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// Reads an archive; what stands before the first header is a comment.
  package init(_ text: String) {
    entries = []
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if let header = Self.header(line) {
        entries.append(header)
      } else if !entries.isEmpty {
        entries[entries.count - 1].bytes += Array((line + "\n").utf8)
      }
    }
    for index in entries.indices { entries[index].decode() }
  }

  private static func header(_ line: String) -> Entry? {
    guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 else { return nil }
    var words = line.dropFirst(3).dropLast(3).split(separator: " ").map(String.init)
    var flags: Set<String> = []
    while let last = words.last, last.hasPrefix("["), last.hasSuffix("]"), words.count > 1 {
      flags.insert(String(last.dropFirst().dropLast()))
      words.removeLast()
    }
    return Entry(words.joined(separator: " "), [], flags: flags)
  }

  /// The archive as text, entries in their order.
  package var text: String {
    entries.map { entry in
      var flags = entry.flags.subtracting(["base64", "bare"])
      var body = String(validating: entry.bytes, as: UTF8.self).flatMap { $0.unicodeScalars.contains("\u{0}") ? nil : $0 }
      if body == nil {
        flags.insert("base64")
        body = Data(entry.bytes).base64EncodedString(options: .lineLength64Characters) + "\n"
      } else if !entry.bytes.isEmpty, entry.bytes.last != UInt8(ascii: "\n") {
        flags.insert("bare")
        body? += "\n"
      }
      return "-- " + ([entry.path] + flags.sorted().map { "[\($0)]" }).joined(separator: " ") + " --\n" + (body ?? "")
    }.joined()
  }

  /// The files as a tree in memory.
  package var tree: MemoryTree {
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for entry in entries {
      guard let path = TreePath(entry.path) else { continue }
      nodes[path] = MemoryTree.Node(bytes: entry.bytes, isExecutable: entry.flags.contains("run"))
    }
    return MemoryTree(nodes)
  }
}

extension Txtar.Entry {
  fileprivate mutating func decode() {
    if flags.contains("base64") {
      let text = String(decoding: bytes, as: UTF8.self)
      bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { [UInt8]($0) } ?? []
    } else if flags.contains("bare"), bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
    }
  }
}
