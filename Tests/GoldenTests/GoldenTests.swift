import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import Reading
import TestSupport
import Testing

@Suite struct GoldenTests {
  @Test(arguments: try shippedCatalog().platforms.map(\.id).filter(isSelected))
  func onePlatform(_ id: String) throws {
    let difference = differenceFromGolden(try golden(of: [id]), at: "Tests/GoldenTests/Goldens/\(id).txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test(.enabled(if: isSelected("all")))
  func allPlatforms() throws {
    let difference = differenceFromGolden(try golden(of: try shippedCatalog().current.map(\.id)), at: "Tests/GoldenTests/Goldens/all.txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test(.enabled(if: isSelected("spanish")))
  func translations() throws {
    let difference = differenceFromGolden(try golden(of: ["claude-code"], locale: "es-MX"), at: "Tests/GoldenTests/Goldens/spanish.txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// A golden of a platform that is gone would be read by nobody.
  @Test func everyGoldenIsOfAPlatform() throws {
    let folder = checkoutRoot().appendingPathComponent("Tests/GoldenTests/Goldens")
    let recorded = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(recorded.sorted() == (try shippedCatalog().platforms.map(\.id) + ["all", "spanish"]).sorted().map { $0 + ".txtar" })
  }

  /// A form that no golden shows is one that nobody has looked at.
  @Test func everyPlaceIsInSomeGolden() throws {
    let catalog = try shippedCatalog()
    let goldens = try catalog.platforms.map { try checkoutText("Tests/GoldenTests/Goldens/\($0.id).txtar") }
    let taken = Set(catalog.platforms.flatMap { $0.takes.values.joined() })
    for place in catalog.places.values where taken.contains(place.id) && place.importing == nil {
      #expect(goldens.contains { $0.contains(" at \(place.id): ") }, "\(place.id)")
    }
  }

  /// Outputs, then what was lost, what could not be had once, and what each platform loads at start.
  private func golden(of selected: [String], locale: String? = nil) throws -> String {
    let catalog = try shippedCatalog()
    let tree = try artifacts(try fixtureText(), catalog: catalog, locale: locale)
    let layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: Surroundings())
    let rendering = Renderer(of: tree, in: catalog).render(layout)
    var entries = try rendering.desired.outputs.map(entry)
    if let attributes = gitAttributes(for: layout, canonicalPatterns: ["/.aiwg/**"]) { entries.append(try entry(attributes)) }
    let losses = rendering.losses.map { "\($0.platform): \($0.artifact): \($0.field) \($0.kind.rawValue): \($0.reason)\n" }.joined()
    let fields = selected.count > 1 ? [] : try #require(catalog.platform(selected[0])).fates(in: catalog)
    let exceptions = layout.exceptions.map { "\($0.platform) \($0.surface) \($0.shape) \($0.problem)\n" }.joined()
    let tokens = try tokensAtStart(rendering.desired, selected.compactMap { catalog.platform($0) })
    entries += [
      Txtar.Entry("(fields)", fields.joined().utf8), Txtar.Entry("(losses)", losses.utf8), Txtar.Entry("(exceptions)", exceptions.utf8),
      Txtar.Entry("(start tokens)", tokens.utf8),
      Txtar.Entry(
        "(findings)",
        rendered(
          roomFindings(layout, of: tree, surroundings: Surroundings())
            + findingsOverLimits(rendering.desired, for: selected, in: catalog, surroundings: Surroundings())
        ).utf8),
    ]
    return Txtar(entries.filter { !$0.bytes.isEmpty || !$0.path.hasPrefix("(") }).text
  }

  private func tokensAtStart(_ desired: DesiredTree, _ platforms: [Platform]) throws -> String {
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for output in desired.outputs where !output.isCopy { nodes[output.path] = MemoryTree.Node(bytes: try output.bytes()) }
    let tree = MemoryTree(nodes)
    let files = try FileList(try tree.entries(under: nil), of: tree)
    return try platforms.flatMap { platform in
      try platform.surfaces.map { surface in
        let bytes = try read(files, of: tree, as: platform, on: surface).bytesAtStart
        return "\(platform.id)\(surface.isEmpty ? "" : " (\(surface))"): \(estimatedTokens(ofBytes: bytes))\n"
      }
    }.joined()
  }

  private func entry(_ output: DesiredOutput) throws -> Txtar.Entry {
    var flags: Set<String> = output.isCopy ? ["copy"] : []
    if case .file(_, isExecutable: true) = output.form { flags.insert("run") }
    if case .block = output.form { flags.insert("block") }
    return Txtar.Entry(output.path.text, try output.bytes(), flags: flags)
  }
}

extension Platform {
  /// What becomes of every field, as lines to read.
  fileprivate func fates(in catalog: PlatformCatalog) -> [String] {
    fieldMatrix(of: self, in: catalog).map {
      "\($0.shape) at \($0.place): \($0.field) \($0.fate.rawValue)\($0.detail.isEmpty ? "" : ": " + $0.detail)\n"
    }
  }
}
