import Foundation
import TestSupport

/// A page of the documentation: its fenced blocks, links and anchors.
struct MarkdownPage {
  /// A fenced block; its lines are those between the fences.
  struct Block {
    var language: String
    /// From 0, of the line after the fence that opens it.
    var start: Int
    var lines: [String]
    /// Why it is not run, as the comment above it says; nil when it is to run.
    var reason: String?
  }

  let path: String
  let lines: [String]
  let blocks: [Block]

  init(_ path: String) throws {
    self.path = path
    lines = try checkoutText(path).components(separatedBy: "\n")
    var blocks: [Block] = []
    var open: (fence: Substring, block: Block)?
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      if let (fence, block) = open {
        guard text.hasPrefix(fence), text.allSatisfy({ $0 == "`" }) else { continue }
        var whole = block
        whole.lines = Array(lines[block.start..<index])
        blocks.append(whole)
        open = nil
      } else if text.hasPrefix("```") {
        let fence = text.prefix { $0 == "`" }
        let language = text.dropFirst(fence.count).prefix { $0 != " " }
        let above = lines[..<index].last { !$0.isEmpty } ?? ""
        let reason = above.wholeMatch(of: /<!-- not run: (.+) -->/).map { String($0.1) }
        open = (fence, Block(language: String(language), start: index + 1, lines: [], reason: reason))
      }
    }
    guard open == nil else { throw SetupError("\(path): a fence is left open") }
    self.blocks = blocks
  }

  /// Lines of prose with their numbers from 1, without what stands in code.
  var prose: [(number: Int, text: String)] {
    let code = Set(blocks.flatMap { $0.start - 1...$0.start + $0.lines.count })
    return lines.enumerated().filter { !code.contains($0.offset) }.map { ($0.offset + 1, $0.element.replacing(/`[^`]*`/, with: "")) }
  }

  /// Targets of links, as they are written.
  var links: [(number: Int, target: String)] {
    prose.flatMap { number, text in text.matches(of: /\]\(<?([^)\s>]+)>?[^)]*\)/).map { (number, String($0.1)) } }
  }

  /// The anchors of headings as GitHub makes them, and those that are written as HTML.
  var anchors: Set<String> {
    var out: Set<String> = []
    let code = Set(blocks.flatMap { $0.start - 1...$0.start + $0.lines.count })
    for (index, line) in lines.enumerated() where !code.contains(index) {
      for match in line.matches(of: /<a (?:id|name)="([^"]+)">/) { out.insert(String(match.1)) }
      guard let heading = line.wholeMatch(of: /#{1,6} +(.+?) *#*/)?.1 else { continue }
      let shown = heading.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.1) }
      let kept = shown.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
      let anchor = kept.replacing(" ", with: "-")
      var (unique, count) = (anchor, 0)
      while !out.insert(unique).inserted {
        count += 1
        unique = "\(anchor)-\(count)"
      }
    }
    return out
  }

  /// All pages that people read: those at the root and under docs.
  static func all() throws -> [String] {
    let root = checkoutRoot().appendingPathComponent("docs")
    let below = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] + below.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }.sorted()
  }
}
