/// What headings and names say about what a rule is for, and whether it shows how things are not to be.
struct ScopeWords {
  private let scopes: WordSet
  private let wrong: WordSet
  private let stems = WordStems(language: "en")

  static let all = ScopeWords()

  private init() {
    let scopes = """
      python go golang rust java kotlin swift typescript javascript ruby php c cpp csharp dart scala elixir html css scss sql shell bash powershell \
      json yaml toml xml markdown make makefile docker dockerfile terraform react vue angular svelte django rails node nodejs android ios web mobile \
      frontend backend client server api cli ui ux database migration test testing unit integration e2e production development staging local ci cd \
      release legacy prototype prototyping script library docs documentation comment commit doc readme changelog config generated vendor example \
      internal external public private admin security performance logging review debug debugging hotfix draft monorepo graphql rest grpc mcp email \
      windows linux macos mac git github gitlab notebook data ml infrastructure worker service component controller model view junior senior
      """
    self.scopes = WordSet(scopes.split(whereSeparator: \.isWhitespace).map { [stems] in WordHash(of: stems.stem(of: Array($0.utf8))).value })
    let wrong = """
      bad wrong don't dont donts don'ts not never forbidden prohibited antipattern antipatterns anti-pattern anti-patterns incorrect mistake mistakes \
      pitfall pitfalls smell smells violation violations example examples avoid before rationalization rationalizations excuse excuses exception \
      exceptions faq myth myths history changelog comparison alternatives option options invalid fail failure failures banned rejected scenario \
      scenarios sample samples template templates output prompt prompts mal malo incorrecto incorrecta nunca ejemplo ejemplos evitar prohibido ruim \
      errado errada exemplo exemplos proibido contoh salah jangan dilarang hindari instead deprecated unless troubleshooting red flags problem problems
      """
    self.wrong = WordSet(wrong.split(whereSeparator: \.isWhitespace).map { ModalWords.hash($0) })
  }

  /// What a text says that something is for.
  func scopes(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Set<UInt64> {
    var found = Set<UInt64>()
    forEachWord(bytes, range) { word in
      let hash = WordHash(of: stems.stem(of: bytes[word].map(\.lowered))).value
      if scopes.contains(hash) { found.insert(hash) }
    }
    return found
  }

  func scopes(in text: String) -> Set<UInt64> { Array(text.utf8).withUnsafeBufferPointer { scopes(in: $0, 0..<$0.count) } }

  /// Whether what stands under a title shows what is wrong, or what somebody might say.
  func isWrong(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    // Crosses and other signs are drawn for a reason.
    for index in range where bytes[index] >= 0xE2 {
      if bytes[index] == 0xF0 || bytes[index] == 0xE2 && index + 1 < range.upperBound && bytes[index + 1] == 0x9D { return true }
    }
    var isWrong = false
    forEachWord(bytes, range) { isWrong = isWrong || wrong.contains(WordHash(of: bytes[$0]).value) }
    return isWrong
  }

  /// Words without marks around them; hyphens part them, and belong to them as well.
  private func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ use: (Range<Int>) -> Void) {
    forEachPart(of: range, where: { bytes[$0].isBlank || bytes[$0] == 0x0A || bytes[$0] == UInt8(ascii: "/") }) { chunk in
      guard let first = chunk.first(where: { bytes[$0].isOfWord }), let last = chunk.last(where: { bytes[$0].isOfWord }) else { return }
      let word = first..<last + 1
      use(word)
      forEachPart(of: word, where: { bytes[$0] == UInt8(ascii: "-") || bytes[$0] == UInt8(ascii: "_") || bytes[$0] == UInt8(ascii: ".") }) { part in
        if part != word { use(part) }
      }
    }
  }
}

/// What is left of a range between the places where it is to be cut.
private func forEachPart(of range: Range<Int>, where isCut: (Int) -> Bool, _ use: (Range<Int>) -> Void) {
  var start = range.lowerBound
  for index in range where isCut(index) {
    if index > start { use(start..<index) }
    start = index + 1
  }
  if range.upperBound > start { use(start..<range.upperBound) }
}

extension UInt8 {
  fileprivate var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
