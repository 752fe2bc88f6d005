import ContextModel
import Foundation
import TestSupport
import Testing

/// What commands print for programs is what `schemas/` says.
///
/// Every run with `--format json` of every script is held against its schema; here it is about what is left over.
@Suite struct OutputSchemaTests {
  /// Commands with `--format` and without JSON, each with the reason.
  private static let others = [
    "lsp": "it speaks a protocol that others describe, whatever the option says", "watch": "it says line by line what it does, and refuses JSON",
  ]

  @Test func everyCommandWithJSONHasASchema() throws {
    let dumped = try Program.aiwg(["--experimental-dump-help"], in: checkoutRoot())
    guard case .list(let commands)? = try jsonValue(dumped.output)["command"]?["subcommands"] else {
      Issue.record("no list of commands: \(dumped.errors)")
      return
    }
    let names = commands.compactMap { command -> String? in
      guard case .list(let arguments)? = command["arguments"] else { return nil }
      return arguments.contains { $0["valueName"] == .text("format") } ? command["commandName"]?.scalarText : nil
    }
    #expect(names.count > 15)
    let files = try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("schemas").path)
    let described = files.filter { $0.hasPrefix("output-") }.map { String($0.dropFirst(7).dropLast(5)) }
    #expect(Set(names).subtracting(described).sorted() == Self.others.keys.sorted())
    #expect(Set(described).subtracting(names) == [])
  }

  /// Why no script sees a key.
  private static let unseen: [String: String] = [:]

  @Test func everyKeyIsPrintedBySomeScript() throws {
    var seen: Set<String> = []
    for name in try scripts(selected: nil) {
      let archive = Txtar(try checkoutText("Tests/ScriptTests/Scripts/\(name).txtar"))
      guard let script = archive.entries.first(where: { $0.path == "script" }) else { continue }
      let lines = String(decoding: script.bytes, as: UTF8.self)
      guard lines.contains("--format json") else { continue }
      var session = try Session(archive.entries.filter { $0.path != "script" })
      if let problem = try session.play(lines) { Issue.record("\(name): \(problem)") }
      for (name, keys) in session.printedKeys {
        let validator = try SchemaValidator(named: name)
        seen.formUnion(keys.map { validator.shape(ofKey: $0) })
      }
    }
    var missing: [String: String] = [:]
    let files = try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("schemas").path)
    for file in files.filter({ $0.hasPrefix("output-") }).sorted() {
      let validator = try SchemaValidator(named: String(file.dropLast(5)))
      for key in validator.keys where !seen.contains(validator.shape(ofKey: key)) { missing[validator.shape(ofKey: key)] = file + key }
    }
    let told = missing.filter { Self.unseen[$0.key] == nil }
    #expect(told.isEmpty, "no script prints these:\n\(told.values.sorted().joined(separator: "\n"))")
    let idle = Self.unseen.keys.filter { missing[$0] == nil }
    #expect(idle.isEmpty, "these are printed after all: \(idle)")
  }
}

/// Schemas of outputs, each read once.
final class OutputSchemas: @unchecked Sendable {
  static let shared = OutputSchemas()
  private let lock = NSLock()
  private var validators: [String: SchemaValidator] = [:]

  /// Holds what a run printed against the schema of its command.
  /// - Returns: the name of the schema, and what came of it; nil for what is no JSON.
  func check(_ output: String) throws -> (name: String, result: SchemaValidator.Result)? {
    guard output.hasPrefix("{") else { return nil }
    let value = try jsonValue(output)
    let name = "output-" + (value["command"]?.scalarText ?? "")
    lock.lock()
    defer { lock.unlock() }
    let validator = try validators[name] ?? SchemaValidator(named: name, refusesNew: true)
    validators[name] = validator
    let result = validator.check(value)
    SchemaDump.write(name, output, isValid: result.problems.isEmpty)
    return (name, result)
  }
}
