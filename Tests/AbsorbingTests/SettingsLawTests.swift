import Absorbing
import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Platforms
import Settings
import SettingsFiles
import TestSupport
import Testing

/// What somebody wrote into a settings file goes into the canonical file, and comes out of it again as it was written.
struct SettingsLawTests {
  @Test func whatAnotherArtifactWouldSayGoesIn() throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    let most = isLawFull ? 20_000 : 2_000
    print("seed \(seed)")
    var tried = 0
    var found = Findings()
    var number: UInt64 = 0
    while tried < most {
      number += 1
      var random = Seeded(seed &* 1_000_003 &+ number)
      let platforms = catalog.platforms.filter { !$0.settings.isEmpty }
      let platform = platforms[Int(number) % platforms.count]
      guard let kind = platform.settings.keys.filter({ $0.file == nil }).sorted(by: { $0.rawValue < $1.rawValue }).randomElement(using: &random)
      else { continue }
      var source = RandomSetting(kind: kind, platform: platform.id, random: random)
      let (one, other) = (source.text(), source.text())
      guard let before = artifact(one, kind, in: catalog), let after = artifact(other, kind, in: catalog) else {
        found.add([.init(kind: "a generated file is wrong", example: one + other)], of: "\(number)")
        continue
      }
      guard let lens = lens(before, for: platform.id, in: catalog), let wanted = lens.replacing(after).setting?.value.parsed, lens.setting != nil
      else { continue }
      tried += 1
      found.add(problems(lens, wanted, catalog), of: "\(number), \(platform.id):\n\(one)-- to\n\(other)")
    }
    print("\(tried) values were taken in")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }

  private func problems(_ lens: SettingsLens, _ wanted: FieldValue, _ catalog: PlatformCatalog) -> [Findings.Problem] {
    guard let setting = lens.setting else { return [] }
    var absorber = Absorber([:], in: catalog, preferring: nil)
    let edited = EditedValue(path: lens.delivery.place.path, setting: setting, there: wanted, place: SourcePlace(path: "settings"))
    absorber.take(edited, through: [lens])
    if let problem = absorber.problems.first { return [.init(kind: "not taken in: \(problem.message)", example: "\(wanted)")] }
    let old = lens.artifact
    guard let file = absorber.files.first else {
      return lens.says(wanted) ? [] : [.init(kind: "nothing changes", example: "\(wanted)")]
    }
    guard let new = artifact(String(decoding: file.new, as: UTF8.self), old.id.kind, in: catalog) else {
      return [.init(kind: "what was made is no artifact", example: String(decoding: file.new, as: UTF8.self))]
    }
    var out: [Findings.Problem] = []
    if !lens.replacing(new).says(wanted) { out.append(.init(kind: "it says something else", example: String(decoding: file.new, as: UTF8.self))) }
    // What the file does not say is not the edit's business.
    for key in ["description", "tags", "x-own"] where old.fields[key] != new.fields[key] {
      out.append(.init(kind: "`\(key)` changed", example: String(decoding: file.new, as: UTF8.self)))
    }
    let lines = String(decoding: old.text.bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("# kept") }
    for line in lines where !String(decoding: file.new, as: UTF8.self).contains(line) {
      out.append(.init(kind: "a comment is gone", example: String(decoding: file.new, as: UTF8.self)))
    }
    return out
  }

  private func lens(_ artifact: Artifact, for platform: String, in catalog: PlatformCatalog) -> SettingsLens? {
    SettingsLayout(of: [artifact], for: [platform], in: catalog).deliveries.first.map { SettingsLens($0) }
  }

  private func artifact(_ text: String, _ kind: ArtifactKind, in catalog: PlatformCatalog) -> Artifact? {
    guard let path = TreePath(kind.folder + "/x.yaml") else { return nil }
    var draft = Artifact(
      id: ArtifactID(kind: kind, name: "x"), path: path, text: SourceText(path: path.text, bytes: []), fields: [], body: Body(bytes: []),
      tree: MemoryTree())
    draft.repositoryPath = path
    var findings: [Diagnostic] = []
    return draft.rereading(Array(text.utf8), platformIDs: catalog.ids, findings: &findings)
  }
}

/// Canonical files of servers or hooks, those of one source alike in what they are reached by.
private struct RandomSetting {
  let kind: ArtifactKind
  let platform: String
  var random: Seeded
  private let transport: Transport
  private let event: HookEvent

  init(kind: ArtifactKind, platform: String, random: Seeded) {
    (self.kind, self.platform, self.random) = (kind, platform, random)
    transport = Transport.allCases.randomElement(using: &self.random) ?? .stdio
    event = HookEvent.allCases.randomElement(using: &self.random) ?? .stop
  }

  private mutating func maybe(_ share: Int = 2) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

  private mutating func word() -> String {
    [
      "a", "--flag", "x y", "${DIR}", "${DIR:-.}", "é", "1", "true", "a${X}b", "$HOME", "a: b", "# c", "", "{y}", "it's", "\"q\"", "--level=2",
    ].randomElement(using: &random) ?? ""
  }

  private mutating func spelled(_ text: String) -> String { jsonText(.text(text)) }
  private func jsonText(_ value: FieldValue) -> String { String(decoding: SettingsFiles.jsonText(of: value), as: UTF8.self) }

  private mutating func list(_ words: [String]) -> String {
    let spelled = words.map { jsonText(.text($0)) }
    return maybe() ? "[" + spelled.joined(separator: ", ") + "]" : spelled.map { "\n  - " + $0 }.joined()
  }

  private mutating func map(_ entries: [(String, String)]) -> String {
    let spelled = entries.map { "\($0): \(jsonText(.text($1)))" }
    return maybe() ? "{ " + spelled.joined(separator: ", ") + " }" : spelled.map { "\n  " + $0 }.joined()
  }

  private mutating func words() -> [String] { (0..<Int.random(in: 1...3, using: &random)).map { _ in word() } }

  private mutating func entries(_ names: [String]) -> [(String, String)] {
    var out: [(String, String)] = []
    for name in names where maybe() { out.append((name, maybe(3) ? "${\(name)}" : maybe(3) ? "${OTHER}" : word())) }
    return out.isEmpty ? [(names[0], word())] : out
  }

  /// One file; every key may have a comment above it.
  mutating func text() -> String {
    var lines = kind == .hook ? hook() : server()
    if maybe() { lines.append("description: What it is for.") }
    if maybe(4) { lines.append("tags: [a, b]") }
    if maybe(4) { lines.append("\(platform): { own-key: \(maybe() ? "1" : "[x]") }") }
    lines.shuffle(using: &random)
    return "# kept: the file\n" + lines.joined(separator: "\n") + "\n"
  }

  private mutating func hook() -> [String] {
    var lines = ["event: \(event.rawValue)", "command: " + spelled("./run.sh " + word())]
    if event.hasTool, maybe() {
      lines.append("tools: " + list(["Bash", "Edit", "Read", "Write"].filter { _ in Bool.random(using: &random) } + ["Bash"]))
    }
    if maybe(3) { lines.append("timeout: \(Int.random(in: 1...90, using: &random))") }
    return lines
  }

  private mutating func server() -> [String] {
    var lines: [String] = []
    if transport == .stdio {
      lines.append("command: " + spelled(maybe(3) ? "${DIR}/server" : "server"))
      if maybe() { lines.append("args: " + list(words())) }
      if maybe() { lines.append("env: " + map(entries(["LEVEL", "NAME", "ROOT"]))) }
      if maybe(4) { lines.append("cwd: " + spelled("sub/x")) }
    } else {
      lines.append("url: " + spelled("https://x.example/mcp" + (maybe() ? "/v2" : "")))
      if transport == .sse { lines.append("transport: sse") }
      if maybe() {
        var headers = entries(["X-Level", "X-Other"])
        if maybe() { headers.append((maybe() ? "Authorization" : "authorization", "Bearer ${TOKEN}")) }
        lines.append("headers: " + map(headers))
      }
    }
    if maybe(4) { lines.append("enabled: \(maybe())") }
    if maybe(4) { lines.append("allow: " + list(["one", "two"])) }
    if maybe(4) { lines.append("deny: " + list(["three"])) }
    if maybe(3) { lines.append("timeout: \(Int.random(in: 1...90, using: &random))") }
    return lines
  }
}

extension [UInt8] {
  fileprivate var parsed: FieldValue? { fieldValue(ofJSON: self) }
}
