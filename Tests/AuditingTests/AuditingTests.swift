import Auditing
import Diagnostics
import FileTree
import Testing

@Suite struct AuditingTests {
  static let attacks = HiddenAttacks.all + LookAlikeAttacks.all + InstructionAttacks.all + CommandAttacks.all + SettingsAttacks.all

  @Test(arguments: attacks) func isFoundWhereItIs(_ planted: Planted) throws {
    let found = try findings(planted.path, Array(planted.text.utf8), planted.origin)
    #expect(found.inShort == ["\(planted.place.line):\(planted.place.column) \(planted.kind.id)"])
    for finding in found {
      #expect(finding.help != nil)
      // Nothing of what is shown hides anything.
      let shown = TextRenderer(colored: false).render(finding)
      #expect(
        !shown.unicodeScalars.contains { $0.properties.isDefaultIgnorableCodePoint && $0.value != 0xFE0F && $0.value != 0x200D || $0.value == 0x1B })
    }
  }

  @Test(arguments: Harmless.texts + LookingHarmful.texts) func isNoFinding(_ harmless: Planted) throws {
    #expect(try findings(harmless.path, Array(harmless.text.utf8)).map { "\($0.inShort): \($0.message)" } == [])
  }

  @Test func everyClassHasItsAttacks() {
    #expect(Self.attacks.count >= 60)
    #expect(Harmless.texts.count >= 60)
    let counts = Dictionary(grouping: Self.attacks, by: \.kind).mapValues(\.count)
    for kind in AuditKind.allCases {
      switch kind {
      // Tested below, or about the run.
      case .program, .linkOutside, .unreadable, .tooLarge, .notUTF8, .more, .idleAllowance: continue
      default: #expect(counts[kind, default: 0] >= 4, "\(kind.id)")
      }
    }
    let beside = Dictionary(grouping: LookingHarmful.texts, by: \.kind).mapValues(\.count)
    for (kind, count) in beside { #expect(count >= counts[kind, default: 0], "\(kind.id): \(count) beside \(counts[kind, default: 0])") }
    #expect(beside.count == 14)
  }

  @Test func allPatternsCanBeRead() { #expect(Auditor.isComplete) }

  /// Each half of a file of two lines, with Windows line ends and behind a mark.
  @Test func windowsLinesChangeNothing() throws {
    for planted in InstructionAttacks.all + CommandAttacks.fetching {
      let text = "\u{FEFF}" + planted.text.replacing("\n", with: "\r\n")
      let found = try findings(planted.path, Array(text.utf8), planted.origin)
      #expect(found.map(\.id) == [planted.kind.id], "\(planted)")
    }
  }
}

extension [Diagnostic] {
  var inFull: [String] { map { "\($0.severity) \($0.message)" } }
}

extension Diagnostic {
  fileprivate var inShort: String { [self].inShort[0] }
}
