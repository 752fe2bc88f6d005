import Applying
import ContextModel
import Foundation
import Planning
import Platforms
import ProjectFile
import TestSupport
import Testing

/// What docs/compatibility.md promises: old files are read, newer ones are refused with help, and outputs keep their keys.
///
/// `Compat` has a file of each version of each format, as an archive with a script. The files of one never change, and none is ever deleted;
/// lines of a script may, where today's aiwg renders something else.
@Suite struct CompatibilityTests {
  /// Files that say which version they have, and the newest version that is read.
  private static let formats = [
    "aiwg.yaml": Project.formatVersion, "aiwg.local.yaml": Project.overlayVersion, "platforms.yaml": PlatformsSchema.formatVersion,
    "aiwg.lock": Record.formatVersion, "journal": StateFolder.journalVersion,
  ]

  // MARK: Old files

  @Test(arguments: try stored())
  func whatIsStoredIsRead(_ name: String) throws {
    let archive = Txtar(try checkoutText("Tests/ScriptTests/Compat/\(name)"))
    var session = try Session(archive.entries.filter { $0.path != "script" })
    let script = try #require(archive.entries.first { $0.path == "script" })
    if let problem = try session.play(String(decoding: script.bytes, as: UTF8.self)) { Issue.record("\(name): \(problem)") }
  }

  @Test func eachVersionHasAStoredFile() throws {
    let names = try Self.stored()
    for (format, newest) in Self.formats {
      for version in 1...newest {
        let archives = try names.filter { $0 == "\(format)-\(version).txtar" || $0.hasPrefix("\(format)-\(version)-") }
          .map { Txtar(try checkoutText("Tests/ScriptTests/Compat/\($0)")) }
        #expect(!archives.isEmpty, "no file of version \(version) of \(format) is in Compat")
        let isSaid = archives.contains { archive in
          archive.entries.contains { String(decoding: $0.bytes, as: UTF8.self).contains(Self.header(of: format, version)) }
        }
        #expect(isSaid, "none of those for \(format) says version \(version)")
      }
    }
  }

  private static func stored() throws -> [String] {
    let folder = checkoutRoot().appendingPathComponent("Tests/ScriptTests/Compat")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txtar") }.sorted()
  }

  /// How a file says its version.
  private static func header(of format: String, _ version: Int) -> String {
    switch format {
    case "aiwg.lock": "# aiwg.lock \(version) "
    case "journal": "# aiwg journal \(version)\n"
    default: "version: \(version)"
    }
  }

  // MARK: Newer files

  /// A file of the version after the newest one, with something in it that nobody knows yet.
  struct Newer: Sendable {
    var path: String
    var text: String
    var id: String
    var help: String
  }

  static let newer = [
    Newer(path: "aiwg.yaml", text: "version: \(Project.formatVersion + 1)\nx: {y: z}\n", id: "project/newer", help: updated),
    Newer(path: "aiwg.local.yaml", text: "version: \(Project.overlayVersion + 1)\nx: {y: z}\n", id: "overlay/newer", help: updated),
    Newer(path: ".aiwg/platforms.yaml", text: "version: \(PlatformsSchema.formatVersion + 1)\nx: {y: z}\n", id: "platforms/newer", help: updated),
    Newer(path: "aiwg.lock", text: lock, id: "lock/newer", help: "update aiwg: the one that wrote it reads it, and so does a newer one"),
    Newer(path: ".aiwg/state/local.lock", text: lock, id: "lock/newer", help: "update aiwg: the one that wrote it reads it, and so does a newer one"),
  ]
  private static let updated = "update aiwg; `aiwg --version` says which one this is"
  private static let lock = "# aiwg.lock \(Record.formatVersion + 1) · aiwg 99.0.0 · data 000000000000\n# thing x\nrule y\n"

  @Test(arguments: newer)
  func aNewerOneIsRefusedByEveryCommand(_ file: Newer) throws {
    let folder = try deployed()
    let place = folder.url.appendingPathComponent(file.path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.text.utf8).write(to: place)
    let before = try FolderSnapshot(of: folder.url)
    var commands = ["check", "sync", "diff", "status", "deploy", "deploy --force", "deploy --platforms codex", "sync --discard"]
    commands += ["remove", "remove --force", "remove --dry-run"]
    // Not every command reads every file.
    if file.id != "lock/newer" { commands.append("report") }
    if ["project/newer", "platforms/newer"].contains(file.id) { commands += ["lint", "explain --platform cursor"] }
    for command in commands {
      let result = try Program.aiwg(command.split(separator: " ").map(String.init), in: folder.url)
      #expect(result.status == 2, "\(command): \(result.output)\(result.errors)")
      #expect(result.errors.hasPrefix("\(file.path):1:"), "\(command): \(result.errors)")
      #expect(result.errors.contains("[\(file.id)]") && result.errors.contains("\n  help: \(file.help)\n"), "\(command): \(result.errors)")
      #expect(result.errors.components(separatedBy: "error: ").count == 2, "\(command) says more: \(result.errors)")
      #expect(try before.differences(to: FolderSnapshot(of: folder.url)) == [], "\(command)")
    }
    let doctor = try Program.aiwg(["doctor"], in: folder.url)
    #expect(doctor.status == 1 && doctor.output.components(separatedBy: "help: \(file.help)\n").count == 2, "\(doctor.output)")
    let json = try Program.aiwg(["check", "--format", "json"], in: folder.url)
    #expect(try json.status == 2 && jsonValue(json.output)["diagnostics"] != nil)
  }

  private func deployed() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files = [".aiwg/rules/one.md": "# One\n\nKeep it short.\n", "aiwg.yaml": "platforms: [cursor, codex]\nsources:\n  - path: .aiwg\n"]
    for (path, text) in files {
      let file = folder.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let result = try Program.aiwg(["sync"], in: folder.url)
    try #require(result.status == 0, "\(result.errors)")
    return folder
  }

  // MARK: What commands print

  private static func outputSchemas() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("schemas").path)
      .filter { $0.hasPrefix("output-") }.map { String($0.dropFirst(7).dropLast(5)) }.sorted()
  }

  /// The numbers that a schema lets `version` be: one, and the same in all.
  private static func outputVersion() throws -> Int {
    var versions: Set<String> = []
    for name in try outputSchemas() {
      let keys = OutputKeys(of: try jsonValue(try checkoutText("schemas/output-\(name).json")))
      versions.insert(keys.versions.sorted().joined(separator: " "))
    }
    return try #require(versions.count == 1 ? versions.first.flatMap { Int($0) } : nil, "outputs have the versions \(versions)")
  }

  /// What some commands need on the command line; all others need nothing.
  private static let arguments = [
    "explain": ["--platform", "cursor"], "convert": ["--from", "cursor", "--to", "warp"], "init": ["-C", "other"], "import": ["--dry-run"],
    "remove": ["--dry-run"], "deploy": ["--dry-run"], "update": ["--dry-run"],
  ]

  @Test func everyOutputSaysTheVersionThatItsSchemaPins() throws {
    let version = try Self.outputVersion()
    let folder = try deployed()
    try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("other/.git"), withIntermediateDirectories: true)
    let names = try Self.outputSchemas()
    #expect(names.count > 15)
    for name in names {
      let result = try Program.aiwg([name, "--format", "json"] + (Self.arguments[name] ?? []), in: folder.url)
      #expect(result.output.hasPrefix("{"), "\(name) printed \(result.output)\(result.errors)")
      guard result.output.hasPrefix("{") else { continue }
      #expect(try jsonValue(result.output)["version"] == .number("\(version)"), "\(name)")
    }
  }

  /// A key that was printed once is printed as long as the version is the same, and has no other type.
  ///
  /// `RECORD=1` adds new keys to the list; it takes none out.
  @Test func outputsKeepTheirKeys() throws {
    let path = "Tests/ScriptTests/Compat/outputs-\(try Self.outputVersion()).txt"
    var today: [String: OutputKeys.Key] = [:]
    for name in try Self.outputSchemas() {
      let keys = OutputKeys(of: try jsonValue(try checkoutText("schemas/output-\(name).json"))).keys
      for (place, key) in keys { today["\(name) \(place)"] = key }
    }
    let recorded = (try? checkoutText(path)) ?? ""
    var all = Dictionary(today.map { ($0, $1.words) }) { first, _ in first }
    for line in recorded.split(separator: "\n") {
      let parts = line.components(separatedBy: ": ")
      guard parts.count == 2, let old = OutputKeys.Key(parts[1]) else {
        Issue.record("\(line)")
        continue
      }
      all[parts[0]] = parts[1]
      guard let now = today[parts[0]] else {
        Issue.record("`\(parts[0])` is gone: that takes a new version of the outputs")
        continue
      }
      #expect(now.types.isSubset(of: old.types), "`\(parts[0])` was \(parts[1]) and is \(now.words): that takes a new version of the outputs")
      #expect(now.isAlwaysThere || !old.isAlwaysThere, "`\(parts[0])` may be left out now: that takes a new version of the outputs")
    }
    let text = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    if let difference = differenceFromGolden(text, at: path) { Issue.record("\(difference)") }
  }

  // MARK: The page

  @Test func thePageHasTheVersionsOfToday() throws {
    let rows = try checkoutText("docs/compatibility.md").split(separator: "\n").compactMap { line -> (String, Int)? in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("|"), cells.count > 2, let version = Int(cells[1]), let name = cells[0].split(separator: "`").first else { return nil }
      return (String(name), version)
    }
    var expected = Self.formats
    expected["--format json"] = try Self.outputVersion()
    #expect(rows.count == expected.count)
    #expect(Dictionary(rows) { first, _ in first } == expected)
  }

  /// Editors refuse what the reader refuses.
  @Test func theSchemasOfFilesHaveTheVersionsOfToday() throws {
    for name in ["aiwg.yaml", "aiwg.local.yaml", "platforms.yaml"] {
      let schema = try jsonValue(try checkoutText("schemas/\(name).json"))
      let versions = OutputKeys(of: schema).versions
      #expect(versions == Set((1...(Self.formats[name] ?? 0)).map { "\($0)" }), "\(name)")
    }
  }
}

/// The keys that a schema describes, whatever forms its document has.
private struct OutputKeys {
  struct Key {
    var types: Set<String>
    /// In each form that has it.
    var isAlwaysThere: Bool

    var words: String { (types.sorted() + (isAlwaysThere ? ["always"] : [])).joined(separator: " ") }

    init(_ types: Set<String>, isAlwaysThere: Bool) { (self.types, self.isAlwaysThere) = (types, isAlwaysThere) }

    init?(_ words: String) {
      let all = words.split(separator: " ").map(String.init)
      guard !all.isEmpty else { return nil }
      (types, isAlwaysThere) = (Set(all).subtracting(["always"]), all.contains("always"))
    }
  }

  /// By place, such as `changes[].path`.
  private(set) var keys: [String: Key] = [:]
  /// What `version` may be at the top.
  private(set) var versions: Set<String> = []
  private let root: FieldValue

  init(of schema: FieldValue) {
    root = schema
    survey(schema, at: "", depth: 0)
  }

  private mutating func survey(_ schema: FieldValue, at place: String, depth: Int) {
    // A report in a report ends somewhere.
    guard depth < 12 else { return }
    if let target = resolved(schema) { return survey(target, at: place, depth: depth + 1) }
    if case .list(let forms)? = schema["anyOf"] { for form in forms { survey(form, at: place, depth: depth + 1) } }
    if let items = schema["items"] { survey(items, at: place + "[]", depth: depth + 1) }
    if case .map? = schema["additionalProperties"], let others = schema["additionalProperties"] { survey(others, at: place + ".*", depth: depth + 1) }
    guard case .map(let properties)? = schema["properties"] else { return }
    let required = schema["required"]?.textList ?? []
    for property in properties where property.value != .bool(false) {
      let here = place.isEmpty ? property.key : place + "." + property.key
      let isAlwaysThere = required.contains(property.key) && keys[here]?.isAlwaysThere ?? true
      keys[here] = Key(types(of: property.value).union(keys[here]?.types ?? []), isAlwaysThere: isAlwaysThere)
      if here == "version" { versions.formUnion(numbers(of: property.value)) }
      // What a report of one of several projects has is what one alone has.
      if here != "projects[].report" { survey(property.value, at: here, depth: depth + 1) }
    }
  }

  private func resolved(_ schema: FieldValue) -> FieldValue? {
    schema["$ref"]?.scalarText.flatMap { root["$defs"]?[String($0.dropFirst("#/$defs/".count))] }
  }

  private func types(of schema: FieldValue) -> Set<String> {
    if let target = resolved(schema) { return types(of: target) }
    var out = Set(schema["type"]?.textList ?? [])
    if case .list(let forms)? = schema["anyOf"] { for form in forms { out.formUnion(types(of: form)) } }
    for value in words(of: schema) {
      switch value {
      case .number: out.insert("number")
      case .text: out.insert("string")
      default: out.insert("other")
      }
    }
    return out.isEmpty ? ["anything"] : out
  }

  private func words(of schema: FieldValue) -> [FieldValue] {
    if let one = schema["const"] { return [one] }
    if case .list(let all)? = schema["enum"] { return all }
    return []
  }

  private func numbers(of schema: FieldValue) -> Set<String> { Set(words(of: schema).compactMap(\.scalarText)) }
}
