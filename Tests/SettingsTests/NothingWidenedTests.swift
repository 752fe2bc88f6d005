import ContextModel
import Diagnostics
import FileTree
import Formats
import Platforms
import Settings
import SettingsFiles
import TestSupport
import Testing

/// Whatever a platform is given allows nothing that the canonical file does not allow.
struct NothingWidenedTests {
  @Test func serversKeepWhatTheySay() throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var said = 0
    for platform in catalog.platforms where platform.settings[.server] != nil {
      for _ in 0..<200 {
        let fields = serverFields(&random)
        guard let value = try only(.server, fields, for: platform.id, in: catalog) else { continue }
        said += 1
        let texts = Set(value.leaves)
        func expectAll(_ wanted: [String], _ what: Comment) {
          #expect(wanted.allSatisfy { word in texts.contains { $0.contains(word) } }, "\(platform.id): \(what) of \(fields) in \(value)")
        }
        expectAll(fields["deny"]?.textList ?? [], "deny")
        expectAll(fields["allow"]?.textList ?? [], "allow")
        expectAll(fields["args"]?.textList?.filter { !$0.contains("$") } ?? [], "args")
        if fields["enabled"] == .bool(false) {
          #expect(value["enabled"] == .bool(false) || value["disabled"] == .bool(true), "\(platform.id) starts a server that is off: \(value)")
        }
      }
    }
    #expect(said > 500)
  }

  @Test func hooksRunForAllOfTheirTools() throws {
    let catalog = try shippedCatalog()
    let tools = ["Read", "Write", "Edit", "Bash", "Grep", "WebFetch", "Unknown"]
    for platform in catalog.platforms {
      for place in platform.settings[.hook]?.takes ?? [] {
        guard let dialect = catalog.settings[place]?.entries[.hook]?.dialect else { continue }
        for tool in tools {
          let fields = [
            Field("event", .text("before-tool")), Field("tools", .list([.text(tool), .text("Bash")])), Field("command", .text("./x.sh")),
          ]
          let value = try only(.hook, fields, for: platform.id, in: catalog)
          let words = dialect.matcher.flatMap { $0.words.translation(of: tool) }
          #expect((value == nil) == (words == nil), "\(platform.id): \(tool)")
          guard let value, let words else { continue }
          let pattern = try #require(dialect.matcher.flatMap { value.found($0.key) })
          #expect(words.allSatisfy { word in (try? Regex(pattern).wholeMatch(in: word)) != nil }, "\(value)")
          // Another one that has such a word in its name is another tool.
          if pattern.hasPrefix("^") { #expect(try Regex(pattern).firstMatch(in: "mcp_" + words[0]) == nil, "\(value)") }
        }
      }
    }
  }

  /// What a platform is given for one artifact; nil when it is left out, which must be said then.
  private func only(_ kind: ArtifactKind, _ fields: [Field], for platform: String, in catalog: PlatformCatalog) throws -> FieldValue? {
    let artifact = Artifact(
      id: ArtifactID(kind: kind, name: "x"), path: TreePath(known: "x.yaml"), text: SourceText(path: "x.yaml", bytes: []), fields: fields,
      body: Body(bytes: []), tree: MemoryTree())
    let rendering = SettingsRendering(SettingsLayout(of: [artifact], for: [platform], in: catalog))
    guard case .settings(let settings, _)? = rendering.outputs.first?.form else {
      #expect(rendering.losses.contains { $0.field == "everything" }, "left out in silence: \(fields)")
      return nil
    }
    guard let own = settings.first(where: \.isOwned) else { return nil }
    return fieldValue(ofJSON: own.value)
  }

  private func serverFields(_ random: inout SeededGenerator) -> [Field] {
    var fields: [Field] = []
    let isLocal = Bool.random(using: &random)
    func maybe() -> Bool { Int.random(in: 0..<3, using: &random) == 0 }
    fields.append(isLocal ? Field("command", .text("server")) : Field("url", .text("https://x.example/mcp")))
    if isLocal, maybe() { fields.append(Field("args", .list([.text("--a"), .text(maybe() ? "${DIR}" : "b")]))) }
    if isLocal, maybe() { fields.append(Field("env", .map([.init("LEVEL", .text("debug")), .init("TOKEN", .text("${TOKEN}"))]))) }
    if !isLocal, maybe() { fields.append(Field("headers", .map([.init("Authorization", .text("Bearer ${TOKEN}"))]))) }
    if !isLocal, maybe() { fields.append(Field("transport", .text("sse"))) }
    if maybe() { fields.append(Field("enabled", .bool(Bool.random(using: &random)))) }
    if maybe() { fields.append(Field("allow", .list([.text("one")]))) }
    if maybe() { fields.append(Field("deny", .list([.text("two"), .text("three")]))) }
    if maybe() { fields.append(Field("timeout", .number("30"))) }
    return fields
  }
}

extension FieldValue {
  /// Every text in it.
  fileprivate var leaves: [String] {
    switch self {
    case .list(let items): items.flatMap(\.leaves)
    case .map(let entries): entries.flatMap { [$0.key] + $0.value.leaves }
    default: scalarText.map { [$0] } ?? []
    }
  }

  /// The text under a key, however deep.
  fileprivate func found(_ key: String) -> String? {
    switch self {
    case .list(let items): items.lazy.compactMap { $0.found(key) }.first
    case .map(let entries): self[key]?.scalarText ?? entries.lazy.compactMap { $0.value.found(key) }.first
    default: nil
    }
  }

  fileprivate subscript(key: String) -> FieldValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
