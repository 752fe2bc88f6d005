import ContextModel
import Diagnostics
import FileTree
import Formats
import Platforms
import Settings
import SettingsFiles
import TestSupport
import Testing

/// What each platform is given for one file of permissions and one of lines to ignore, to be read next to the pages.
struct PermissionGoldenTests {
  @Test func everyPlatform() throws {
    let catalog = try shippedCatalog()
    var entries: [Txtar.Entry] = []
    for platform in catalog.current {
      let rendering = SettingsRendering(SettingsLayout(of: [permissions, ignore], for: [platform.id], in: catalog))
      for output in rendering.outputs { entries.append(Txtar.Entry("\(platform.id)/\(output.path)", try bytes(of: output))) }
      let losses = rendering.losses.map { "\($0.field) \($0.kind.rawValue): \($0.reason)\n" }.joined()
      let isAsUsual = rendering.outputs.isEmpty && rendering.losses.allSatisfy { $0.field == "everything" }
      if !isAsUsual { entries.append(Txtar.Entry("\(platform.id)/losses", losses.utf8)) }
    }
    let golden = "What each platform is given; one that is not here gets nothing.\n" + Txtar(entries).text
    let difference = differenceFromGolden(golden, at: "Tests/SettingsTests/permissions.txtar")
    #expect(difference == nil, "\(difference ?? "")")
  }

  private func bytes(of output: DesiredOutput) throws -> [UInt8] {
    switch output.form {
    case .settings(let settings, let syntax):
      let pieces = try settings.map { setting in
        let value = try #require(fieldValue(ofJSON: setting.value))
        return setting.isElement ? SettingsPiece.element(of: setting.path, value) : SettingsPiece.member(setting.path, value)
      }
      return try SettingsFile([], syntax: syntax, path: output.path.text).adding(pieces).bytes
    case .block(let bytes, _): return bytes
    case .file: return []
    }
  }

  private var permissions: Artifact {
    let all: [Permission] = [
      Permission(.deny, .read, "secrets"), Permission(.deny, .read, "**/*.pem"), Permission(.deny, .write, ".github/**"),
      Permission(.deny, .shell, "rm *"), Permission(.deny, .shell, "git push --force"), Permission(.deny, .network, "internal.example.com"),
      Permission(.deny, .mcp, "files/delete"), Permission(.ask, .shell, "git push *"), Permission(.ask, .network, "*.example.org"),
      Permission(.ask, .mcp, "files"), Permission(.allow, .read, "docs/**"), Permission(.allow, .read, "*.md"), Permission(.allow, .write, "src/**"),
      Permission(.allow, .shell, "git status *"), Permission(.allow, .shell, "git push origin"), Permission(.allow, .shell, "npm test"),
      Permission(.allow, .network, "example.com"), Permission(.allow, .mcp, "issues"), Permission(.allow, .mcp, "search/query"),
    ]
    let fields = Permission.Decision.allCases.map { decision in
      Field(decision.rawValue, .list(all.filter { $0.decision == decision }.map { .map([.init($0.subject.rawValue, .text($0.text))]) }))
    }
    return artifact(.permissions, fields, "")
  }

  private var ignore: Artifact { artifact(.ignore, [], "# Built.\ndist/\n*.log\n!keep.log\n/certs/*.key\nfixtures/[ab].bin\n") }

  private func artifact(_ kind: ArtifactKind, _ fields: [Field], _ body: String) -> Artifact {
    Artifact(
      id: ArtifactID(only: kind), path: TreePath(known: "x"), text: SourceText(path: kind.file ?? "", bytes: []), fields: fields,
      body: Body(bytes: Array(body.utf8)), tree: MemoryTree())
  }
}
