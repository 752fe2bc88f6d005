import ContextModel
import Foundation
import TestSupport
import Testing

/// Schemas and readers agree: on documents with every key, and on those that differ from them in one place.
@Suite struct AgreementTests {
  static let names = ["aiwg.yaml", "aiwg.local.yaml", "platforms.yaml"] + ArtifactKind.allCases.filter { $0 != .ignore }.map(\.folder)

  @Test(arguments: names)
  func documentsWithEveryKeyAreAccepted(_ name: String) throws {
    let validator = try SchemaValidator(named: name)
    let seeds = try Seed.all().filter { $0.schema == name }
    #expect(!seeds.isEmpty)
    var keys: Set<String> = []
    for (seed, complaints) in zip(seeds, try Reader.complaints(about: seeds.map(\.value), as: name)) {
      #expect(complaints == [], "\(seed.name)")
      let result = validator.check(seed.value)
      #expect(result.problems == [], "\(seed.name)")
      keys.formUnion(result.keys)
    }
    #expect(validator.keys.subtracting(keys).sorted() == [], "no seed has these keys")
  }

  @Test(arguments: names)
  func mutantsAreAcceptedByBothOrNeither(_ name: String) throws {
    let validator = try SchemaValidator(named: name)
    var used: Set<String> = []
    var count = (all: 0, refused: 0)
    var disagreements: [String] = []
    for seed in try Seed.all().filter({ $0.schema == name }) {
      let mutants = seed.value.mutants(validator.check(seed.value).choices)
      let complaints = try Reader.complaints(about: mutants.map(\.value), as: name)
      for (mutant, complaints) in zip(mutants, complaints) {
        let problems = validator.check(mutant.value).problems
        SchemaDump.write(name, mutant.value.json, isValid: problems.isEmpty)
        count.all += 1
        if !problems.isEmpty, !complaints.isEmpty { count.refused += 1 }
        guard problems.isEmpty != complaints.isEmpty else { continue }
        let exceptions = problems.isEmpty ? complaints.map { Exception.ofReader(name, $0) } : [Exception.ofSchema(name, mutant)]
        used.formUnion(exceptions.compactMap { $0?.words })
        guard exceptions.contains(where: { $0 == nil }) else { continue }
        disagreements.append("\(seed.name) \(mutant.title)\n    schema: \(problems)\n    reader: \(complaints)")
      }
    }
    #expect(disagreements.isEmpty, "\(disagreements.count):\n\(disagreements.prefix(200).joined(separator: "\n"))")
    #expect(count.refused > 50, "\(count)")
    let idle = Exception.all.filter { $0.schema == name && !used.contains($0.words) }
    #expect(idle.isEmpty, "exceptions that nothing needs: \(idle.map(\.words))")
    print("\(name): \(count.all) mutants, \(count.refused) refused by both")
  }

  /// A key that is misspelt in a mapping without room for others.
  @Test(arguments: names)
  func misspeltKeysAreRefusedByBoth(_ name: String) throws {
    guard ["aiwg.yaml", "aiwg.local.yaml", "platforms.yaml", "permissions"].contains(name) else { return }
    let validator = try SchemaValidator(named: name)
    var count = 0
    for seed in try Seed.all().filter({ $0.schema == name }) {
      let keys = seed.value.mutants([:]).filter { $0.title.hasSuffix("misspelt") && $0.title.contains("key") }
      let complaints = try Reader.complaints(about: keys.map(\.value), as: name)
      for (mutant, complaints) in zip(keys, complaints)
      where complaints.contains(where: { $0.contains("unknown key") || $0.contains("says nothing") }) {
        #expect(!validator.check(mutant.value).problems.isEmpty, "\(mutant.title)")
        count += 1
      }
    }
    #expect(count > 3)
  }
}
