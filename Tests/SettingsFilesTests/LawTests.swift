import ContextModel
import FileTree
import SettingsFiles
import TestSupport
import Testing

@Suite struct LawTests {
  @Test(arguments: SettingsSyntax.allCases)
  func editsLeaveTheRest(_ syntax: SettingsSyntax) {
    let seed = lawSeed()
    print("seed \(seed)")
    var laws = Laws()
    for number in 0..<UInt64(isLawFull ? 20_000 : 300) {
      var random = SeededGenerator(seed: seed &* 1_000_003 &+ number)
      laws.hold(for: LawCase.random(syntax, number, &random), &random)
    }
    print("\(syntax.rawValue): \(laws.edits) edits; refused: \(laws.refusalSummary)")
    let holds = laws.problems.isEmpty
    #expect(holds, "seed \(seed)\n\(laws.summary)")
  }
}

extension LawCase {
  /// A real shape in a random style, now and then with something random in it.
  static func random(_ syntax: SettingsSyntax, _ number: UInt64, _ random: inout SeededGenerator) -> LawCase {
    let shapes = syntax == .toml ? Shapes.toml : syntax == .yaml ? Shapes.yaml : Shapes.json
    var value = Shapes.value(random.pick(shapes))
    if random.chance(3), case .map(let entries) = value {
      value = .map(entries.filter { $0.key != "new" } + [.init("new", random.randomValue(depth: 3, syntax))])
    }
    if random.chance(4), case .map(let entries) = value { value = .map(entries.shuffled(using: &random)) }
    return LawCase.written(value, syntax, seed: random.next(), label: "case \(number)")
  }

  static func written(_ value: FieldValue, _ syntax: SettingsSyntax, seed: UInt64, label: String) -> LawCase {
    let text: String
    switch syntax {
    case .json, .jsonc: text = RandomJSON.text(value, seed: seed, hasComments: syntax == .jsonc)
    case .toml: text = RandomTOML.text(value, seed: seed)
    case .yaml: text = RandomYAML.text(value, seed: seed)
    }
    return LawCase(bytes: Array(text.utf8), syntax: syntax, value: value, label: label)
  }
}
