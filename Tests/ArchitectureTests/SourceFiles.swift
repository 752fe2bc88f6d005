import Foundation
import TestSupport

/// A Swift file of Sources.
struct SourceFile: Sendable {
  /// Such as `Layout/LayOut.swift`.
  var path: String
  var text: String

  var room: String { String(path.prefix { $0 != "/" }) }

  /// The modules that it imports, without the access level.
  var imports: [String] {
    text.components(separatedBy: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 2, words.count > index + 1, !line.hasPrefix(" "), !line.hasPrefix("/") else {
        return nil
      }
      guard words[..<index].allSatisfy({ ["package", "public", "internal", "private", "fileprivate"].contains($0) || $0.hasPrefix("@") }) else {
        return nil
      }
      let kinds = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
      let name = kinds.contains(String(words[index + 1])) && words.count > index + 2 ? words[index + 2] : words[index + 1]
      return String(name.prefix { $0 != "." })
    }
  }

  /// What stands between double quotes on one line, comments left out.
  var literals: [String] {
    code.components(separatedBy: "\n").flatMap { line -> [String] in
      let parts = line.replacingOccurrences(of: "\\\"", with: "").components(separatedBy: "\"")
      return parts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
  }

  /// Without lines that are comments.
  var code: String {
    text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces).hasPrefix("//") ? "" : $0 }.joined(separator: "\n")
  }

  /// By name: the lines from `func`, `init` or `subscript` to the brace that closes the body.
  var functionLengths: [(name: String, lines: Int)] {
    let lines = code.components(separatedBy: "\n")
    var out: [(String, Int)] = []
    for (index, line) in lines.enumerated() {
      let words = line.split(whereSeparator: { " (<?!".contains($0) })
      guard let keyword = words.first(where: { ["func", "init"].contains($0) }),
        let name = words.drop(while: { $0 != keyword }).dropFirst().first ?? words.last
      else { continue }
      guard !line.contains("." + keyword), !line.contains("=") || line.contains("func ") else { continue }
      var depth = 0
      var hasOpened = false
      for (offset, line) in lines[index...].enumerated() {
        // Braces in texts and characters come in pairs, or not at all, but for the glob reader's.
        let bare = line.replacingOccurrences(of: "\"{\"", with: "").replacingOccurrences(of: "\"}\"", with: "")
        for character in bare {
          if character == "{" { (depth, hasOpened) = (depth + 1, true) }
          if character == "}" { depth -= 1 }
        }
        if hasOpened, depth <= 0 {
          out.append(("\(path): \(keyword) \(name)", offset + 1))
          break
        }
        if offset > 8, !hasOpened { break }
      }
    }
    return out
  }

  static func all() throws -> [SourceFile] {
    let root = checkoutRoot().appendingPathComponent("Sources").path
    let names = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
    return try names.sorted().map { SourceFile(path: $0, text: try String(contentsOfFile: root + "/" + $0, encoding: .utf8)) }
  }
}
