import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

/// Laws over whole trees: the fixture, and a real one beside the checkout when it is there.
@Suite struct BodyLawTests {
  private static let trees = ["fixture", "corpus"]

  private func tree(_ name: String, _ catalog: PlatformCatalog) throws -> ContextTree? {
    if name == "fixture" { return try artifacts(try fixtureText(), catalog: catalog) }
    guard let directory = sharedDirectory("corpus/aiwg"), let files = memoryTree(of: directory) else {
      print("skipped: there is no corpus/aiwg beside the checkout")
      return nil
    }
    return try artifacts(in: files, catalog: catalog, lenient: true)
  }

  @Test(arguments: trees)
  func everyBodyIsInItsOutput(_ name: String) throws {
    let catalog = try shippedCatalog()
    guard let tree = try tree(name, catalog) else { return }
    var differences: [String] = []
    for selected in catalog.sample().map({ [$0.id] }) + [catalog.defaults] {
      let rendered = Rendered(tree, for: selected, in: catalog)
      let outputs = try rendered.rendering.desired.outputs.filter { !$0.isCopy }.map { ($0.path, try $0.bytes()) }
      let bytes = Dictionary(outputs) { first, _ in first }
      for delivery in rendered.layout.deliveries {
        let output = try #require(bytes[delivery.path])
        if let problem = difference(delivery, output) { differences.append("\(selected.joined(separator: ",")) \(delivery.path): \(problem)") }
      }
    }
    #expect(differences == [])
  }

  /// What of a body is not in its output, in order, apart from the spots that may be spelled otherwise.
  private func difference(_ delivery: Layout.Delivery, _ output: [UInt8]) -> String? {
    let body = delivery.artifact.body
    var spots = body.references.map(\.range)
    if delivery.form.arguments != nil { spots += body.arguments.map(\.range) }
    for text in delivery.form.arguments?.parted ?? [] {
      // The blank that keeps the platform from running what follows.
      spots += body.bytes.indices.filter { body.bytes[$0...].starts(with: text.utf8) }.map { $0 + 1..<$0 + 1 }
    }
    // When a behavior applies stands under the title.
    if delivery.artifact.id.kind == .behavior, body.bytes.starts(with: "# ".utf8), let end = body.bytes.firstIndex(of: UInt8(ascii: "\n")) {
      spots.append(end + 1..<end + 1)
    }
    spots.sort { $0.lowerBound < $1.lowerBound }
    var pieces: [ArraySlice<UInt8>] = []
    var position = 0
    for spot in spots {
      // What is around a reference may change with it: brackets, backticks, a fragment.
      pieces.append(body.bytes[position..<spot.lowerBound])
      position = spot.upperBound
    }
    pieces.append(body.bytes[position...])
    let text = unquoted(Array(output), delivery)
    var from = text.startIndex
    for piece in pieces {
      let bare = trimmed(piece, isSection: delivery.place.format == .block, hasSpots: !spots.isEmpty)
      guard !bare.isEmpty else { continue }
      guard let found = find(bare, in: text[from...]) else { return "lacks \(String(decoding: bare.prefix(60), as: UTF8.self).debugDescription)" }
      // Between two spots nothing may be added but what stands for the spot.
      if spots.isEmpty == false, from > text.startIndex, found - from > 400 {
        return "too much before \(String(decoding: bare.prefix(30), as: UTF8.self))"
      }
      from = found + bare.count
    }
    return nil
  }

  /// A body in TOML as its parser would see it.
  private func unquoted(_ output: [UInt8], _ delivery: Layout.Delivery) -> [UInt8] {
    guard delivery.place.format == .toml, let key = delivery.form.bodyKey else { return output }
    let text = String(decoding: output, as: UTF8.self)
    guard let range = text.range(of: "\n\(key) = \"\"\"\n") else { return output }
    let body = text[range.upperBound...].replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\r", with: "\r")
    return Array(body.replacingOccurrences(of: "\\t", with: "\t").replacingOccurrences(of: "\\\\", with: "\\").utf8)
  }

  /// Without the ends that a rewritten link takes with it, and blank lines around a section.
  private func trimmed(_ piece: ArraySlice<UInt8>, isSection: Bool, hasSpots: Bool) -> [UInt8] {
    var text = String(decoding: piece, as: UTF8.self)
    if isSection { text = text.replacingOccurrences(of: "\r\n", with: "\n").trimmingCharacters(in: .newlines) }
    guard hasSpots else { return Array(text.utf8) }
    if let open = text.range(of: "[", options: .backwards), text.hasSuffix("](") || text.hasSuffix("](<") { text = String(text[..<open.lowerBound]) }
    if text.hasPrefix("#"), let end = text.firstIndex(where: { ")`> \n".contains($0) }) { text = String(text[end...]) }
    return Array(text.trimmingCharacters(in: CharacterSet(charactersIn: "`)>(<@\"' \n")).utf8)
  }

  private func find(_ needle: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    Data(text).range(of: Data(needle)).map { text.startIndex + $0.lowerBound }
  }

  @Test(arguments: trees)
  func noReferenceToAnArtifactDangles(_ name: String) throws {
    let catalog = try shippedCatalog()
    guard let tree = try tree(name, catalog) else { return }
    var dangling: Set<String> = []
    for selected in catalog.sample().map({ [$0.id] }) + [catalog.defaults] {
      let rendered = Rendered(tree, for: selected, in: catalog)
      let outputs = Set(rendered.rendering.desired.outputs.map(\.path.text))
      let sources = Set(tree.artifacts.compactMap(\.repositoryPath?.text))
      let resources = Set(tree.artifacts.flatMap { artifact in artifact.resources.map { ".aiwg/" + $0.source.text } })
      let known = outputs.union(sources).union(resources)
      for (path, text) in rendered.texts {
        for link in links(in: text) where namesAnArtifact(link, from: path, tree) && !known.contains(resolved(link, from: path)) {
          dangling.insert("\(selected.joined(separator: ",")) \(path): \(link)")
        }
      }
    }
    #expect(dangling.sorted() == [])
  }

  /// The targets of links outside of code.
  private func links(in text: String) -> [String] {
    var isCode = false
    var out: [String] = []
    for line in text.split(separator: "\n") {
      if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
      guard !isCode else { continue }
      for piece in String(line).components(separatedBy: "](").dropFirst() {
        let target = piece.prefix { !")# ".contains($0) }
        if target.hasSuffix(".md"), !target.contains(":"), !target.hasPrefix("/") { out.append(String(target)) }
      }
    }
    return out
  }

  /// Whether a target, read from the source's place, would be an artifact: then it had to be rewritten.
  private func namesAnArtifact(_ link: String, from path: String, _ tree: ContextTree) -> Bool {
    tree.artifacts.contains { artifact in
      link.hasSuffix("/" + artifact.path.text) || (link.hasSuffix("SKILL.md") && link.contains("/" + artifact.id.name + "/"))
    }
  }

  private func resolved(_ link: String, from path: String) -> String {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { if !parts.isEmpty { parts.removeLast() } } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  /// With `WRITE_TREES=<folder>` every tree is written out for each platform, for other programs to look at.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["WRITE_TREES"] != nil), arguments: trees)
  func writeTrees(_ name: String) throws {
    let root = try #require(ProcessInfo.processInfo.environment["WRITE_TREES"])
    let catalog = try shippedCatalog()
    guard let tree = try tree(name, catalog) else { return }
    for id in catalog.platforms.map(\.id) {
      for output in Rendered(tree, for: [id], in: catalog).rendering.desired.outputs {
        let file = URL(fileURLWithPath: "\(root)/\(name)/\(id)/\(output.path.text)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(try output.bytes()).write(to: file)
      }
    }
  }
}
