import ContextModel
import Diagnostics
import FileTree
import Formats
import Platforms
import Settings
import SettingsFiles
import TestSupport
import Testing

/// A platform allows nothing without asking that the canonical file does not allow.
struct PermissionTests {
  @Test func everyPlatformWithPermissionsIsJudged() throws {
    let platforms = try shippedCatalog().platforms.filter { $0.settings[.permissions] != nil }.map(\.id)
    #expect(Set(platforms) == Set(permissionReaders.keys))
  }

  @Test(arguments: ["opencode", "kilo-code"])
  func starsBesideEachOtherAreOne(_ platform: String) throws {
    let (settings, _) = rendered([Permission(.deny, .read, "s*/**/*.md")], for: platform, in: try shippedCatalog())
    let said = "\(texts(settings))"
    #expect(said.contains("s*.md") && !said.contains("**"), "\(said)")
  }

  @Test(arguments: permissionReaders.keys.sorted())
  func nothingIsWidened(_ platform: String) throws {
    let catalog = try shippedCatalog()
    let reader = try #require(permissionReaders[platform])
    let seed = lawSeed()
    var random = SeededGenerator(seed: seed)
    var (allowed, refused, failures) = (0, 0, 0)
    for _ in 0..<1_500 where failures < 5 {
      let permissions = somePermissions(&random)
      let (settings, losses) = rendered(permissions, for: platform, in: catalog)
      let canonical = Canonical(permissions: permissions)
      for _ in 0..<12 {
        let action = someAction(&random, about: permissions)
        let wanted = canonical.verdict(action)
        let lost = permissions.filter { one in losses.dropped.contains(one.description) && action.parts.contains { Canonical.fits(one, $0) } }
        let before = reader.verdicts([], action)
        let verdicts = reader.verdicts(settings, action)
        func fail(_ what: String) {
          failures += 1
          Issue.record(
            "\(platform), seed \(seed): \(what) \(action): \(verdicts), and the file says \(wanted.map(\.rawValue) ?? "nothing"): \(permissions) in \(texts(settings)), lost \(losses)"
          )
        }
        let asksInstead = losses.asked && verdicts.allSatisfy { $0 == .ask }
        let isRestrictionLost = lost.contains { $0.decision != .allow }
        for (verdict, old) in zip(verdicts, before) where verdict == .allow && wanted != .allow {
          // What a platform allows by itself it goes on to allow where nothing is said, or where what is said was lost and told.
          if old != .allow || (wanted != nil && !isRestrictionLost) { fail("widened") }
        }
        // A line of several commands is judged by its parts, and not all pages say how.
        guard action.parts.count == 1 else { continue }
        if wanted == .deny, verdicts.contains(where: { $0 != .deny }), !isRestrictionLost, !asksInstead { fail("a deny got lost for") }
        if wanted == .ask, verdicts.contains(.allow), !isRestrictionLost { fail("an ask got lost for") }
        if wanted == .allow, !verdicts.contains(.allow), !losses.isWider, !losses.isNarrower, !lost.contains(where: { $0.decision == .allow }) {
          fail("an allow got lost for")
        }
        if wanted == .allow, verdicts.contains(.allow), !before.contains(.allow) { allowed += 1 }
        if wanted == .deny, verdicts == verdicts.map({ _ in .deny }) { refused += 1 }
      }
    }
    // A renderer that says nothing widens nothing.
    #expect(allowed + refused > 50, "\(platform), seed \(seed): \(allowed) allowed, \(refused) refused")
  }

  /// What is lost points at its own line, also where a later source took the place of the file.
  @Test func aLossIsShownWhereItIsSaid() throws {
    let catalog = try shippedCatalog()
    let texts = ["deny:\n  - network: example.com\n", "# of ours\nallow:\n  - shell: git status\ndeny:\n  - write: src\n  - mcp: issues\n"]
    let sources = try texts.enumerated().map { index, text in
      try artifacts(in: Txtar("-- permissions.yaml --\n" + text).tree, source: "\(index)", catalog: catalog).artifacts
    }
    let joined = try #require(ContextTree(joining: sources).artifacts.first)
    let rendering = SettingsRendering(SettingsLayout(of: [joined], for: ["codex"], in: catalog))
    let shown = Dictionary(rendering.losses.map { ($0.field, $0.place) }) { first, _ in first }
    #expect(shown["deny network: example.com"]?.line == 2)
    #expect(shown["deny network: example.com"]?.path == "0/permissions.yaml")
    #expect(shown["allow shell: git status"]?.line == 3)
    #expect(shown["deny mcp: issues"]?.line == 6)
    #expect(shown["deny mcp: issues"]?.path == "1/permissions.yaml")
  }

  @Test func aDenyOfAnEarlierSourceStays() throws {
    let first = artifact([Permission(.deny, .shell, "rm *"), Permission(.allow, .shell, "ls")])
    let second = artifact([Permission(.allow, .shell, "rm *"), Permission(.deny, .read, ".env")])
    let tree = ContextTree(joining: [[first], [second]])
    #expect(
      try #require(tree.artifacts.first).permissions == [
        Permission(.deny, .shell, "rm *"), Permission(.deny, .read, ".env"), Permission(.allow, .shell, "rm *"),
      ])
  }

  private func texts(_ settings: [DesiredSetting]) -> [String] {
    settings.map { $0.path.joined(separator: ".") + " " + String(decoding: $0.value, as: UTF8.self) }
  }

  private func artifact(_ permissions: [Permission]) -> Artifact {
    let fields = Permission.Decision.allCases.map { decision in
      Field(decision.rawValue, .list(permissions.filter { $0.decision == decision }.map { .map([.init($0.subject.rawValue, .text($0.text))]) }))
    }
    return Artifact(
      id: ArtifactID(only: .permissions), path: TreePath(known: "permissions.yaml"), text: SourceText(path: "permissions.yaml", bytes: []),
      fields: fields, body: Body(bytes: []), tree: MemoryTree())
  }

  /// What was told of a rendering.
  private struct Told {
    /// What is not there at all.
    var dropped: Set<String>
    /// Whether something asks that should refuse.
    var asked: Bool
    /// Whether something restricts more than it should.
    var isWider: Bool
    /// Whether something allows less than it should.
    var isNarrower: Bool
  }

  private func rendered(_ permissions: [Permission], for platform: String, in catalog: PlatformCatalog) -> ([DesiredSetting], Told) {
    let rendering = SettingsRendering(SettingsLayout(of: [artifact(permissions)], for: [platform], in: catalog))
    let losses = Told(
      dropped: Set(rendering.losses.filter { $0.kind == .dropped }.map(\.field)), asked: rendering.losses.contains { $0.reason.hasPrefix("it asks") },
      isWider: rendering.losses.contains { $0.reason.hasPrefix("it is said of more") },
      isNarrower: rendering.losses.contains { $0.reason.hasPrefix("it is said of less") })
    switch rendering.outputs.first?.form {
    case .settings(let settings, _)?: return (settings, losses)
    case .block(let bytes, _)?:
      // Lines are read as a list of texts.
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      return (lines.map { DesiredSetting(path: ["lines"], isElement: true, value: jsonText(of: .text(String($0)))) }, losses)
    default: return ([], losses)
    }
  }
}

private let names = ["src", "docs", "secrets", "a.md", "b.md", ".env", "x(1)", "p@q", "$HOME", "main.c"]
private let words = ["git", "push", "status", "npm", "test", "rm", "-rf", "a?c", "abc", "x:y", "gitk", "rmdir"]
private let hosts = ["example.com", "api.example.com", "v1.api.example.com", "badexample.com", "example.org"]

func somePermissions(_ random: inout SeededGenerator) -> [Permission] {
  (0..<Int.random(in: 1...6, using: &random)).map { _ in
    let decision = Permission.Decision.allCases.randomElement(using: &random) ?? .deny
    let subject = Permission.Subject.allCases.randomElement(using: &random) ?? .read
    return Permission(decision, subject, someText(subject, &random))
  }
}

func someText(_ subject: Permission.Subject, _ random: inout SeededGenerator) -> String {
  func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
  switch subject {
  case .read, .write:
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(names + ["*", "**", "*.md", "?.md", "s*", "**"]) }
    return parts.joined(separator: "/").replacing("**/**", with: "**")
  case .shell:
    let own = (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(words) }
    return Int.random(in: 0..<12, using: &random) == 0 ? "*" : (own + (Bool.random(using: &random) ? ["*"] : [])).joined(separator: " ")
  case .network: return pick(hosts + ["*.example.com", "*.api.example.com", "*"])
  case .mcp: return pick(["issues", "files"]) + pick(["", "/create", "/list", "/get_all"])
  }
}

/// Any action; now and then a command that a rule of the file speaks of, which chance alone seldom hits.
func someAction(_ random: inout SeededGenerator, about permissions: [Permission] = []) -> Action {
  func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
  if Int.random(in: 0..<4, using: &random) == 0, let rule = permissions.filter({ $0.subject == .shell }).randomElement(using: &random) {
    return .shell([rule.text.replacing("*", with: pick(words))])
  }
  func some(_ texts: [String], _ count: ClosedRange<Int>, _ separator: String) -> String {
    (0..<Int.random(in: count, using: &random)).map { _ in pick(texts) }.joined(separator: separator)
  }
  switch Int.random(in: 0..<6, using: &random) {
  case 0: return .read(some(names, 1...4, "/"))
  case 1: return .write(some(names, 1...4, "/"))
  case 2: return .network(pick(hosts + ["www.example.org"]))
  case 3: return .mcp(server: pick(["issues", "files"]), tool: pick(["create", "list", "get_all"]))
  default: return .shell((0..<Int.random(in: 1...2, using: &random)).map { _ in some(words, 1...4, " ") })
  }
}
