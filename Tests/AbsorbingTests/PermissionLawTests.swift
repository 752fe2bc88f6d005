import Absorbing
import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Platforms
import Settings
import TestSupport
import Testing

/// Rules that somebody wrote into a settings file, and lines of an ignore file, go into the tree, and come out of it as they were written.
struct PermissionLawTests {
  @Test func whatAnotherFileWouldSayGoesIn() throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    let most = isLawFull ? 20_000 : 2_000
    print("seed \(seed)")
    let platforms = catalog.platforms.filter { $0.settings[.permissions] != nil }
    var (tried, number, changed, refused) = (0, UInt64(0), 0, 0)
    var found = Findings()
    while tried < most {
      number += 1
      var source = RandomPermissions(random: Seeded(seed &* 1_000_003 &+ number))
      let platform = platforms[Int(number) % platforms.count]
      let (lines, ignored) = (source.permissions(), source.lines())
      guard let before = permissions(source.text(lines), catalog), let hidden = ignore(source.text(ignored), catalog) else {
        found.add([.init(kind: "a generated file is wrong", example: "\(lines)")], of: "\(number)")
        continue
      }
      let layout = SettingsLayout(of: [before, hidden], for: [platform.id], in: catalog)
      guard let lens = layout.permissions.first.map({ PermissionLens($0) }) else { continue }
      // Somebody changes one line, or two, of what the platform was told.
      let (otherLines, otherIgnored) = source.changed(lines, ignored)
      guard let after = permissions(source.text(otherLines), catalog), let shown = ignore(source.text(otherIgnored), catalog) else { continue }
      let wanted = lens.replacing(permissions: after, ignore: shown).settings
      guard !wanted.isEmpty, !lens.settings.isEmpty else { continue }
      tried += 1
      if Set(wanted) != Set(lens.settings) { changed += 1 }
      let problems = problems(lens, wanted, catalog)
      if problems.contains(where: \.isAmbiguous) {
        refused += 1
        continue
      }
      found.add(
        problems,
        of: "\(number), \(platform.id):\n\(lines) \(ignored)\n-- to\n\(otherLines) \(otherIgnored)\n\(texts(lens.settings))\n-- to\n\(texts(wanted))")
    }
    print("\(tried) settings were taken in, \(changed) of them edited")
    #expect(changed > most / 4)
    // A rule that several lines come to may be read as another one than was meant; then the edit is refused, and nothing is wrong.
    #expect(refused * 200 <= tried, "\(refused) edits were refused")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }

  @Test func linesOfAnIgnoreFileGoIn() throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    let most = isLawFull ? 20_000 : 2_000
    let platforms = catalog.platforms.filter { $0.ignoreFile != nil }
    var found = Findings()
    for number in 0..<UInt64(most) {
      var source = RandomPermissions(random: Seeded(seed &* 2_000_003 &+ number))
      let platform = platforms[Int(number) % platforms.count]
      let lines = source.lines()
      guard let before = ignore(source.text(lines), catalog) else { continue }
      guard let delivery = SettingsLayout(of: [before], for: [platform.id], in: catalog).ignoreFiles.first else { continue }
      let lens = IgnoreLens(delivery)
      let base = lens.written(for: before)
      let wanted = Array(source.changed([], lines).lines.map { $0 + "\n" }.joined().utf8)
      guard !wanted.isEmpty else { continue }
      var absorber = Absorber([:], in: catalog, preferring: nil)
      let file = SourceText(path: "block", bytes: wanted)
      absorber.take(EditedOutput(path: delivery.file.path, base: base, edited: wanted, file: file), ignoring: delivery, allowsMore: true)
      let of = "\(number), \(platform.id): \(String(decoding: before.text.bytes, as: UTF8.self))-- to\n\(String(decoding: wanted, as: UTF8.self))"
      if let problem = absorber.problems.first {
        let isUnsayable = delivery.file.lacksNegation && wanted.contains(UInt8(ascii: "!"))
        if !isUnsayable { found.add([.init(kind: "not taken in: \(problem.message)", example: "")], of: of) }
        continue
      }
      let bytes = absorber.files.first?.new ?? before.text.bytes
      guard let new = ignore(String(decoding: bytes, as: UTF8.self), catalog) else {
        found.add([.init(kind: "what was made is no file", example: "")], of: of)
        continue
      }
      if lens.written(for: new) != wanted { found.add([.init(kind: "it says something else", example: "")], of: of) }
      found.add(lostComments(before.text.bytes, bytes), of: of)
    }
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }

  private func problems(_ lens: PermissionLens, _ wanted: [DesiredSetting], _ catalog: PlatformCatalog) -> [Findings.Problem] {
    var absorber = Absorber([:], in: catalog, preferring: nil)
    absorber.take(EditedRules(wanted: wanted, place: SourcePlace(path: "settings"), allowsMore: true), through: lens)
    if let problem = absorber.problems.first {
      // What another line, which cannot be said there, keeps from being said.
      if problem.message.contains("is left out here: it would") { return [] }
      return [.init(kind: "not taken in: \(problem.message)", example: "")]
    }
    var (new, shown) = (lens.delivery.permissions, lens.delivery.ignore)
    var out: [Findings.Problem] = []
    for file in absorber.files {
      let text = String(decoding: file.new, as: UTF8.self)
      if file.path.text == "ignore" { shown = ignore(text, catalog) } else { new = permissions(text, catalog) }
      out += lostComments(file.old, file.new)
    }
    guard new != nil, shown != nil || lens.delivery.ignore == nil else { return [.init(kind: "what was made is no file", example: "")] }
    let after = lens.replacing(permissions: new, ignore: shown)
    let said = after.settings
    let isSame = wanted.contains(where: \.isOrdered) ? after.says(wanted) : Set(said) == Set(wanted)
    if !isSame { out.append(.init(kind: "it says something else", example: "\(texts(said))")) }
    return out
  }

  private func lostComments(_ old: [UInt8], _ new: [UInt8]) -> [Findings.Problem] {
    let lines = String(decoding: old, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("# kept") }
    let left = String(decoding: new, as: UTF8.self)
    return lines.filter { !left.contains($0) }.map { .init(kind: "a comment is gone", example: "\($0): \(left)") }
  }

  private func texts(_ settings: [DesiredSetting]) -> [String] {
    settings.map { $0.path.joined(separator: ".") + " " + String(decoding: $0.value, as: UTF8.self) }
  }

  private func permissions(_ text: String, _ catalog: PlatformCatalog) -> Artifact? { read(text, ArtifactID(only: .permissions), catalog) }
  private func ignore(_ text: String, _ catalog: PlatformCatalog) -> Artifact? { read(text, ArtifactID(only: .ignore), catalog) }

  private func read(_ text: String, _ id: ArtifactID, _ catalog: PlatformCatalog) -> Artifact? {
    guard let path = id.kind.file.flatMap({ TreePath($0) }) else { return nil }
    var draft = Artifact(
      id: id, path: path, text: SourceText(path: path.text, bytes: []), fields: [], body: Body(bytes: []), tree: MemoryTree())
    draft.repositoryPath = path
    var findings: [Diagnostic] = []
    return draft.rereading(Array(text.utf8), platformIDs: catalog.ids, findings: &findings)
  }
}

extension Findings.Problem {
  /// Whether an edit was refused because what it says can be said in several ways.
  fileprivate var isAmbiguous: Bool { kind.hasSuffix("others would be written too") || kind.contains("stands alone") }
}

/// Permissions files and ignore files.
private struct RandomPermissions {
  var random: Seeded

  private mutating func maybe(_ share: Int = 2) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }
  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

  mutating func permissions() -> [Permission] { (0..<Int.random(in: 1...7, using: &random)).map { _ in permission() } }

  private mutating func permission() -> Permission {
    let decision = Permission.Decision.allCases.randomElement(using: &random) ?? .deny
    let subject = Permission.Subject.allCases.randomElement(using: &random) ?? .read
    return Permission(decision, subject, text(of: subject))
  }

  private mutating func text(of subject: Permission.Subject) -> String {
    switch subject {
    case .read, .write:
      var parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        pick(["src", "docs", "secrets", "a.md", ".env", "x(1)", "$HOME", "*", "**", "*.md", "?.md", "s*"])
      }
      if maybe(3) { parts.append("**") }
      return parts.joined(separator: "/").replacing("**/**", with: "**")
    case .shell:
      let own = (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(["git", "push", "status", "npm", "-rf", "a?c", "x:y", "make", "b.c"]) }
      return maybe(12) ? "*" : (own + (maybe() ? ["*"] : [])).joined(separator: " ")
    case .network: return pick(["example.com", "api.example.com", "example.org", "*.example.com", "*"])
    case .mcp: return pick(["issues", "files"]) + pick(["", "/create", "/list", "/get_all"])
    }
  }

  mutating func lines() -> [String] {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      pick(["dist/", "*.log", "/certs/*.pem", "a b", "!keep.log", ".env", "docs/**/x", "**/y", "/z", "build", "!dist/ours", "[ab]"])
    }
  }

  /// One or two changes, as a person makes them.
  mutating func changed(_ permissions: [Permission], _ lines: [String]) -> (permissions: [Permission], lines: [String]) {
    var (permissions, lines) = (permissions, lines)
    for _ in 0..<(maybe(3) ? 2 : 1) {
      if permissions.isEmpty || maybe(4) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: lines.insert(self.lines()[0], at: Int.random(in: 0...lines.count, using: &random))
        case 1 where !lines.isEmpty: lines.remove(at: Int.random(in: 0..<lines.count, using: &random))
        default: if !lines.isEmpty { lines[Int.random(in: 0..<lines.count, using: &random)] = self.lines()[0] }
        }
      } else {
        let place = Int.random(in: 0..<permissions.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: permissions.insert(permission(), at: place)
        case 1: permissions.remove(at: place)
        case 2: permissions[place].decision = Permission.Decision.allCases.randomElement(using: &random) ?? .deny
        default: permissions[place].text = text(of: permissions[place].subject)
        }
      }
    }
    return (permissions, lines)
  }

  /// A permissions file; comments stand above some of its lines.
  mutating func text(_ permissions: [Permission]) -> String {
    var out = "# kept: the file\n"
    if maybe() { out += "description: What may be done.\n" }
    for decision in Permission.Decision.allCases.shuffled(using: &random) {
      let items = permissions.filter { $0.decision == decision }.map { "\($0.subject.rawValue): \"\($0.text)\"" }
      if items.isEmpty { continue }
      if maybe(4) {
        out += "\(decision.rawValue): [" + items.map { "{ \($0) }" }.joined(separator: ", ") + "]\n"
      } else {
        out += "\(decision.rawValue):\n" + items.map { "  - \($0)\(maybe(4) ? "  # why" : "")\n" }.joined()
      }
      if maybe() { out += "# kept: behind \(decision.rawValue)\n" }
    }
    return out
  }

  /// An ignore file.
  mutating func text(_ lines: [String]) -> String {
    var out = "# kept: the file\n"
    for line in lines {
      if maybe(4) { out += "\n# kept: \(line.replacing("\n", with: ""))\n" }
      out += line + "\n"
    }
    return out
  }
}
