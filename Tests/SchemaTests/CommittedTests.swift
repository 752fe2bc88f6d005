import ContextModel
import Foundation
import TestSupport
import Testing

/// The files of `schemas/` are what the command prints.
@Suite struct CommittedTests {
  @Test func theFilesAreWhatTheCommandPrints() throws {
    let list = try Program.aiwg(["schema"], in: checkoutRoot())
    #expect(list.status == 0)
    let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 20)
    for name in names {
      let printed = try Program.aiwg(["schema", name], in: checkoutRoot())
      #expect(printed.status == 0)
      if let difference = differenceFromGolden(printed.output, at: "schemas/\(name).json") { Issue.record("\(difference)") }
      #expect(printed.output.contains("\"$id\": \"urn:aiwg:schema:\(name)\""))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("schemas").path)
    #expect(Set(files) == Set(names.map { $0 + ".json" }), "there are files that no name stands for")
  }

  @Test func everyKeyIsDescribed() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("schemas").path) {
      let validator = try SchemaValidator(named: String(file.dropLast(5)))
      #expect(!validator.keys.isEmpty, "\(file)")
      let schema = try jsonValue(try checkoutText("schemas/" + file))
      for key in validator.keys {
        let description = part(of: schema, at: key)?["description"]?.scalarText
        // A shape such as `rules/always` has a slash in its name.
        guard let description else {
          #expect(key.contains("/properties/rules/"), "\(file): \(key) has no description")
          continue
        }
        #expect(description.hasSuffix(".") && description.count > 3, "\(file): \(key)")
      }
    }
  }

  private func part(of schema: FieldValue, at way: String) -> FieldValue? {
    way.split(separator: "/").reduce(Optional(schema)) { part, step in
      if case .list(let items)? = part { return Int(step).map { items[$0] } }
      return part?[String(step)]
    }
  }
}
