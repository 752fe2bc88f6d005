/// The part of a word that its forms have in common; small, and only as good as finding the same word again needs.
struct WordStems {
  let language: String

  /// - Parameter word: in small letters.
  func stem(of word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard word.count > 3, word.allSatisfy({ $0.isASCIILetter || $0 >= 0x80 }) else { return word }
    switch language {
    case "en": return english(word)
    case "es", "pt": return romance(word)
    default: return word
    }
  }

  /// Whether a word is one that an order may begin with: no plural, no past and no `-ing`.
  func isBaseForm(_ word: ArraySlice<UInt8>) -> Bool {
    guard language == "en" else { return true }
    return !(word.ends("ing") && word.count > 5) && !(word.ends("ed") && word.count > 4 && !word.ends("eed"))
      && !(word.ends("s") && !word.ends("ss"))
  }

  /// The hashes of what each language makes of a word.
  static func hashes(of word: some StringProtocol) -> Set<UInt64> {
    Set(["en", "es", "id"].map { WordHash(of: WordStems(language: $0).stem(of: Array(word.utf8)[...])).value })
  }

  private func english(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var stem = Self.irregular[WordHash(of: word).value] ?? word
    if stem.ends("ies") || stem.ends("ied"), stem.count > 4 {
      stem = stem.dropLast(3) + [UInt8(ascii: "y")]
    } else if stem.ends("sses") || stem.ends("shes") || stem.ends("ches") || stem.ends("xes") || stem.ends("zes") {
      stem = stem.dropLast(2)
    } else if stem.ends("s"), !stem.ends("ss"), !stem.ends("us"), !stem.ends("is") {
      stem = stem.dropLast()
    }
    if stem.ends("ation"), stem.count > 8 {
      stem = stem.dropLast(5)
    } else if stem.ends("ing"), stem.count > 5 {
      stem = stem.dropLast(3)
    } else if stem.ends("ed"), stem.count > 4 {
      stem = stem.dropLast(2)
    }
    if stem.count > 3, stem.ends("e") { stem = stem.dropLast() }
    if stem.count > 3, let last = stem.last, stem.dropLast().last == last { stem = stem.dropLast() }
    return stem
  }

  private func romance(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var stem = word
    if stem.ends("s") || stem.ends("n"), stem.count > 4 { stem = stem.dropLast() }
    for ending in ["ando", "endo", "iendo", "ado", "ada", "ido", "ida", "ar", "er", "ir"]
    where stem.count > ending.utf8.count + 2 && stem.ends(ending) {
      return stem.dropLast(ending.utf8.count)
    }
    while stem.count > 3, let last = stem.last, Array("aeio".utf8).contains(last) { stem = stem.dropLast() }
    return stem
  }

  private static let irregular: WordTable<ArraySlice<UInt8>> = {
    let forms = [
      "written write", "built build", "made make", "kept keep", "sent send", "thrown throw", "caught catch", "held hold", "done do", "given give",
      "taken take", "chosen choose", "hidden hide", "broken break", "left leave", "shown show", "known know", "found find", "brought bring",
      "overridden override", "rewritten rewrite", "run run", "indices index", "dependencies dependency",
    ]
    return WordTable(
      forms.map { pair in
        let parts = pair.split(separator: " ").map { Array($0.utf8)[...] }
        return (WordHash(of: parts[0]).value, parts[1])
      })
  }()
}

extension ArraySlice<UInt8> {
  fileprivate func ends(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
