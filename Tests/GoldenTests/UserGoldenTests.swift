import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

/// The whole output of each platform in a home directory, as one text to read next to the vendor's page.
@Suite struct UserGoldenTests {
  @Test(arguments: try shippedHomeCatalog().current.map(\.id).filter(isSelected))
  func onePlatform(_ id: String) throws {
    let difference = differenceFromGolden(try golden(of: [id]), at: "Tests/GoldenTests/UserGoldens/\(id).txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Without the bytes, which are in the goldens of the platforms: what goes where, and what somebody reads twice.
  @Test(.enabled(if: isSelected("all")))
  func allPlatforms() throws {
    let all = try shippedHomeCatalog().current.map(\.id)
    let difference = differenceFromGolden(try golden(of: all, isShort: true), at: "Tests/GoldenTests/UserGoldens/all.txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// A golden of a platform that is gone would be read by nobody.
  @Test func everyGoldenIsOfAPlatform() throws {
    let folder = checkoutRoot().appendingPathComponent("Tests/GoldenTests/UserGoldens")
    let recorded = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(recorded.sorted() == (try shippedHomeCatalog().current.map(\.id) + ["all"]).sorted().map { $0 + ".txtar" })
  }

  private func golden(of selected: [String], isShort: Bool = false) throws -> String {
    let catalog = try shippedHomeCatalog()
    let tree = try artifacts(try fixtureText(), catalog: catalog)
    let renderer = Renderer(of: tree, in: catalog)
    let layout = renderer.layout(for: selected, surroundings: Surroundings())
    let rendering = renderer.render(layout)
    var entries: [Txtar.Entry] = []
    for output in rendering.desired.outputs {
      #expect(output.path.isInHome, "\(output.path)")
      var isFile = false
      if case .file = output.form { isFile = true }
      #expect(catalog.places(output.path, asBlock: !isFile), "\(output.path)")
      entries.append(Txtar.Entry(output.path.text, isShort ? [] : try output.bytes()))
    }
    let losses = rendering.losses.map { "\($0.platform): \($0.artifact): \($0.field) \($0.kind.rawValue): \($0.reason)\n" }.joined()
    let exceptions = layout.exceptions.map { "\($0.platform) \($0.surface) \($0.shape) \($0.problem)\n" }.joined()
    if !isShort { entries.append(Txtar.Entry("(losses)", losses.utf8)) }
    entries.append(Txtar.Entry("(exceptions)", exceptions.utf8))
    return Txtar(entries.filter { !$0.bytes.isEmpty || !$0.path.hasPrefix("(") }).text
  }
}
