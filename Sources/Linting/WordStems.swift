/// The part of a word that its forms have in common; small, and only as good as finding the same word again needs.
struct WordStems {
  private enum Family { case english, romance, other }

  private let family: Family

  init(language: String) {
    switch language {
    case "en": family = .english
    case "es", "pt": family = .romance
    default: family = .other
    }
  }

  /// - Parameter word: in small letters.
  func stem(of word: [UInt8]) -> [UInt8] {
    guard word.count > 3, word.allSatisfy({ $0.isASCIILetter || $0 >= 0x80 }) else { return word }
    switch family {
    case .english: return english(word)
    case .romance: return romance(word)
    case .other: return word
    }
  }

  /// Whether a word is one that an order may begin with: no plural, no past and no `-ing`.
  func isBaseForm(_ word: [UInt8]) -> Bool {
    guard family == .english else { return true }
    return !(word.ends("ing") && word.count > 5) && !(word.ends("ed") && word.count > 4 && !word.ends("eed"))
      && !(word.ends("s") && !word.ends("ss"))
  }

  /// The hashes of what each language makes of a word.
  static func hashes(of word: some StringProtocol) -> Set<UInt64> {
    Set(["en", "es", "id"].map { WordHash(of: WordStems(language: $0).stem(of: Array(word.utf8))).value })
  }

  private func english(_ word: [UInt8]) -> [UInt8] {
    var stem = Self.irregular[WordHash(of: word).value] ?? word
    if stem.ends("ies") || stem.ends("ied"), stem.count > 4 {
      stem.removeLast(2)
      stem[stem.count - 1] = UInt8(ascii: "y")
    } else if stem.ends("sses") || stem.ends("shes") || stem.ends("ches") || stem.ends("xes") || stem.ends("zes") {
      stem.removeLast(2)
    } else if stem.ends("s"), !stem.ends("ss"), !stem.ends("us"), !stem.ends("is") {
      stem.removeLast()
    }
    if stem.ends("ation"), stem.count > 8 {
      stem.removeLast(5)
    } else if stem.ends("ing"), stem.count > 5 {
      stem.removeLast(3)
    } else if stem.ends("ed"), stem.count > 4 {
      stem.removeLast(2)
    }
    if stem.count > 3, stem.ends("e") { stem.removeLast() }
    if stem.count > 3, stem[stem.count - 1] == stem[stem.count - 2] { stem.removeLast() }
    return stem
  }

  private func romance(_ word: [UInt8]) -> [UInt8] {
    var stem = word
    if stem.ends("s") || stem.ends("n"), stem.count > 4 { stem.removeLast() }
    for ending in Self.endings where stem.count > ending.utf8CodeUnitCount + 2 && stem.ends(ending) {
      return Array(stem.dropLast(ending.utf8CodeUnitCount))
    }
    while stem.count > 3, stem.ends("a") || stem.ends("e") || stem.ends("i") || stem.ends("o") { stem.removeLast() }
    return stem
  }

  private static let endings: [StaticString] = ["ando", "endo", "iendo", "ado", "ada", "ido", "ida", "ar", "er", "ir"]

  private static let irregular: WordTable<[UInt8]> = {
    let forms = [
      "written write", "built build", "made make", "kept keep", "sent send", "thrown throw", "caught catch", "held hold", "done do", "given give",
      "taken take", "chosen choose", "hidden hide", "broken break", "left leave", "shown show", "known know", "found find", "brought bring",
      "overridden override", "rewritten rewrite", "run run", "indices index", "dependencies dependency",
    ]
    return WordTable(
      forms.map { pair in
        let parts = pair.split(separator: " ").map { Array($0.utf8) }
        return (WordHash(of: parts[0]).value, parts[1])
      })
  }()
}

extension [UInt8] {
  fileprivate func ends(_ ending: StaticString) -> Bool {
    ending.withUTF8Buffer { ending in
      guard count >= ending.count else { return false }
      for index in ending.indices where self[count - ending.count + index] != ending[index] { return false }
      return true
    }
  }
}
