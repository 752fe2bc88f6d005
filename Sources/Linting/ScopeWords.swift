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
    self.scopes = WordSet(scopes.split(whereSeparator: \.isWhitespace).map { [stems] in WordHash(of: stems.stem(of: Array($0.utf8)[...])).value })
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
      let hash = WordHash(of: stems.stem(of: word)).value
      if scopes.contains(hash) { found.insert(hash) }
    }
    return found
  }

  func scopes(in text: String) -> Set<UInt64> { Array(text.utf8).withUnsafeBufferPointer { scopes(in: $0, 0..<$0.count) } }

  /// Whether what stands under a title shows what is wrong, or what somebody might say.
  func isWrong(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    // Crosses and other signs are drawn for a reason.
    if bytes[range].contains(0xF0)
      || bytes[range].indices.contains(where: { bytes[$0] == 0xE2 && $0 + 1 < range.upperBound && bytes[$0 + 1] == 0x9D })
    {
      return true
    }
    var isWrong = false
    forEachWord(bytes, range) { if wrong.contains(WordHash(of: $0).value) { isWrong = true } }
    return isWrong
  }

  /// Words in small letters; hyphens part them, and belong to them as well.
  private func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ use: (ArraySlice<UInt8>) -> Void) {
    for chunk in bytes[range].split(whereSeparator: { $0.isBlank || $0 == 0x0A || $0 == UInt8(ascii: "/") }) {
      let lowered = chunk.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      let word = lowered.drop { !$0.isOfWord }
      let trimmed = word[..<((word.lastIndex(where: \.isOfWord) ?? word.startIndex - 1) + 1)]
      use(trimmed)
      let parts = trimmed.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
      if parts.count > 1 { for part in parts { use(part) } }
    }
  }
}
