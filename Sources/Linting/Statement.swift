/// What a sentence says is to be done, or not.
struct Statement {
  /// How it stands to the thing that it is about.
  enum Stance: Equatable {
    /// In so many words: must, always, required.
    case must
    /// An order without such a word: `Use tabs`.
    case order
    case never
    /// Not required.
    case free
    case allowed
    /// One of several that exclude each other, by its hash.
    case picks(UInt64)
  }

  var stance: Stance
  /// Of the words that say what it is about; the same for two sentences that are about the same.
  var subject: UInt64
  /// What is to be done with it.
  var verb: UInt64
  /// How many words say what it is about.
  var length: Int
  /// The stems of these words, to know what it is about by name.
  var stems: [UInt64]

  /// Whether both cannot be followed.
  func excludes(_ other: Statement) -> Bool {
    guard subject == other.subject else { return false }
    switch (stance, other.stance) {
    case (.picks(let left), .picks(let right)): return left != right
    case (.must, .never), (.never, .must), (.allowed, .never), (.never, .allowed), (.must, .free), (.free, .must), (.order, .never), (.never, .order):
      return verb == other.verb
    default: return false
    }
  }
}

/// Words of which a text follows one: to say one is to rule out the others.
struct ExclusiveChoices: Sendable {
  struct Choice: Sendable {
    var group: UInt64
    var member: UInt64
    /// Whether `Use X` says enough without saying what for.
    var standsAlone: Bool
  }

  private let choices: WordTable<Choice>
  private let units: WordSet

  static let all = ExclusiveChoices()

  private init() {
    let groups: [(String, Bool)] = [
      ("tab space", true), ("single double", false), ("crlf lf", true), ("npm yarn pnpm bun", true), ("relative absolute", false),
      ("snake_case camelcase pascalcase kebab-case screaming_snake_case upper_snake_case", false),
      ("singular plural", false), ("ascending descending", false), ("uppercase lowercase", false), ("jest vitest mocha", true),
      ("pytest unittest", true), ("squash rebase", false), ("tabulación tabulaciones espacio espacios", true),
      ("tabulação tabulações espaço espaços", true), ("spasi tab", true),
    ]
    var choices: [UInt64: Choice] = [:]
    for (words, standsAlone) in groups {
      let group = ModalWords.hash(words)
      for word in words.split(separator: " ") {
        for stem in WordStems.hashes(of: word) where choices[stem] == nil {
          choices[stem] = Choice(group: group, member: ModalWords.hash(word), standsAlone: standsAlone)
        }
      }
    }
    self.choices = WordTable(choices.map { ($0.key, $0.value) })
    let names =
      "space column character char line word second minute hour day percent reviewer approval time retry spasi espacio espaço carácter caracter"
    units = WordSet(names.split(separator: " ").flatMap { WordStems.hashes(of: $0) })
  }

  func choice(of stem: UInt64) -> Choice? { choices[stem] }
  /// Whether a number of it is a measure that is one thing or another.
  func isUnit(_ stem: UInt64) -> Bool { units.contains(stem) }
}
