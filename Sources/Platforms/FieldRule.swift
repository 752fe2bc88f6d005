package import ContextModel

/// How one key of an output's frontmatter comes about: the closed set of field operations.
package struct FieldRule: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    case constant(FieldValue)
    /// A canonical field, looked up under each of the names until one is there.
    case field([String], vocabulary: Vocabulary?, spelling: Spelling)
  }

  /// How a value is written.
  package enum Spelling: String, CaseIterable, Sendable {
    /// As it is.
    case same
    case text
    case list
    /// One text, parts joined by `, `; braces of globs expanded.
    case comma
    /// As `comma`, never in quotes.
    case commaPlain = "comma-plain"
    case space
    /// A map that denies everything, and then allows what is granted.
    case permissions
    /// True when no tool that changes anything is granted; absent otherwise.
    case readOnly = "read-only"
    /// A program and its arguments in one list.
    case commandLine = "command-line"
    /// Seconds as thousandths.
    case milliseconds
    /// True for false.
    case negated
    /// Of a map, the entries that name no variable.
    case literals
    /// Of a map, those that are a variable and nothing else: key to name.
    case variables
    /// Of a map, those that are the variable of their own name: a list of names.
    case ownVariables = "own-variables"
    /// Of headers, the variable in `Authorization: Bearer ${NAME}`: its name.
    case bearer

    /// Whether it is for settings, and not for a frontmatter.
    package var isForSettings: Bool {
      switch self {
      case .commandLine, .milliseconds, .negated, .literals, .variables, .ownVariables, .bearer: true
      default: false
      }
    }
  }

  package var key: String
  package var source: Source

  package init(key: String, source: Source) {
    self.key = key
    self.source = source
  }

  /// The canonical fields that the rule expresses; a constant expresses none.
  package var expressed: [String] {
    if case .field(let names, _, _) = source { return names }
    return []
  }
}

/// A platform's words for canonical ones.
package struct Vocabulary: Hashable, Sendable {
  /// Canonical word to the platform's words; a canonical word may end in `*`, and the longest such word counts.
  package var words: [String: [String]]
  /// The platform's words that can change files or run programs.
  package var changing: Set<String>
  /// By a word of the platform's: the canonical words that have to be there together, because it grants all of them.
  package var needs: [String: [String]] = [:]

  package init(words: [String: [String]], changing: Set<String>) {
    self.words = words
    self.changing = changing
  }

  /// The platform's words for a canonical one; nil when it has none.
  package func translation(of word: String) -> [String]? {
    if let exact = words[word] { return exact }
    let patterns = words.keys.filter { $0.hasSuffix("*") && word.hasPrefix($0.dropLast()) }
    let longest = patterns.max { $0.utf8.count < $1.utf8.count }
    return longest.flatMap { words[$0] }?.map { $0 == "*" ? word : $0 }
  }

  /// Every word of the platform, in order.
  package var all: [String] { Array(Set(words.values.joined())).sorted() }
}
