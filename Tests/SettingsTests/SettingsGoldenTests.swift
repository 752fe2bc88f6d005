import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Platforms
import Settings
import SettingsFiles
import TestSupport
import Testing

/// What each platform's settings come to where there were none.
struct SettingsGoldenTests {
  @Test(arguments: try shippedCatalog().platforms.filter(\.hasServersOrHooks).map(\.id))
  func onePlatform(_ id: String) throws {
    let difference = differenceFromGolden(try golden(of: id), at: "Tests/SettingsTests/Goldens/\(id).txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func everyGoldenIsOfAPlatform() throws {
    let recorded = try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("Tests/SettingsTests/Goldens").path)
    #expect(recorded.sorted() == (try shippedCatalog().platforms.filter(\.hasServersOrHooks).map { $0.id + ".txtar" }))
  }

  /// A form that no golden shows is one that nobody has looked at.
  @Test func everyPlaceIsInSomeGolden() throws {
    let catalog = try shippedCatalog()
    let goldens = try catalog.platforms.filter(\.hasServersOrHooks).map { try checkoutText("Tests/SettingsTests/Goldens/\($0.id).txtar") }
    for place in catalog.settings.values where place.entries[.server] != nil || place.entries[.hook] != nil {
      let header = "-- \(place.path.text) --"
      #expect(goldens.contains { $0.contains(header) }, "\(place.id)")
    }
  }

  private func golden(of id: String) throws -> String {
    let catalog = try shippedCatalog()
    let tree = try artifacts(try checkoutText("Tests/SettingsTests/fixture.txtar"), catalog: catalog)
    let rendering = SettingsRendering(SettingsLayout(of: tree.parted().settings, for: [id], in: catalog))
    // What one person adds goes into files of its own.
    let personal = SettingsRendering(SettingsLayout(of: tree.parted().settings.filter { $0.id.kind == .hook }, for: [id], in: catalog.forOnePerson))
    var entries: [Txtar.Entry] = []
    for output in rendering.outputs + personal.outputs {
      guard case .settings(let settings, let syntax) = output.form else { continue }
      let pieces = settings.compactMap { setting in
        fieldValue(ofJSON: setting.value).map { setting.isElement ? SettingsPiece.element(of: setting.path, $0) : .member(setting.path, $0) }
      }
      let file = try SettingsFile([], syntax: syntax, path: output.path.text)
      entries.append(Txtar.Entry(output.path.text, try file.adding(pieces).bytes))
    }
    let losses = rendering.losses.map { "\($0.artifact): \($0.field) \($0.kind.rawValue): \($0.reason)\n" }.joined()
    entries.append(Txtar.Entry("(losses)", losses.utf8))
    entries.append(Txtar.Entry("(findings)", rendered(rendering.findings).utf8))
    return Txtar(entries.filter { !$0.bytes.isEmpty }).text
  }
}

extension Platform {
  /// What it permits has a golden of its own.
  fileprivate var hasServersOrHooks: Bool { settings[.server] != nil || settings[.hook] != nil }
}
