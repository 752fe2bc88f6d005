import Diagnostics

/// Finds words in which letters of another script pass for Latin ones.
struct LookAlikes {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let reach = 64

  /// - Parameter index: where a letter is that looks like another one.
  /// - Returns: the end of the word that it is in.
  func search(at index: Int, _ out: inout FindingList) -> Int {
    let range = word(at: index)
    var values: [UInt32] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let scalar = bytes.scalar(at: position)
      values.append(scalar.value)
      position = scalar.range.upperBound
    }
    let end = max(range.upperBound, bytes.scalar(at: index).range.upperBound)
    guard let found = Self.mixture(of: values) else { return end }
    out.add(
      Finding(
        kind: .mixedScript, severity: .warning, range: range, message: found.message(bytes.text(range)), notes: found.notes,
        help: "write the word in one script; whoever reads it takes it for another word than a program does"))
    return end
  }

  /// The letters and digits around an offset.
  private func word(at index: Int) -> Range<Int> {
    var start = index
    while let before = bytes.scalar(before: start), index - start < Self.reach, Self.isOfWord(before.value) { start = before.range.lowerBound }
    var end = index
    while end < bytes.count, end - index < Self.reach {
      let scalar = bytes.scalar(at: end)
      guard Self.isOfWord(scalar.value) else { break }
      end = scalar.range.upperBound
    }
    return start..<end
  }

  private static func isOfWord(_ value: UInt32) -> Bool {
    if value < 0x80 { return value.isASCIILetterOrDigit }
    switch value {
    case 0x80...0xBF, 0xD7, 0xF7, 0x2000...0x2BFF, 0x3000...0x303F, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFFFF: return false
    default: return value < 0x1F000 && value.hiddenClass == nil
    }
  }

  /// What a word is mixed of.
  struct Mixture {
    var looksLike: String
    var script: Confusables.Script
    var notes: [String]

    func message(_ word: String) -> String {
      let kind = script == .fullwidth || script == .mathematical ? "\(script.rawValue) letters" : "\(script.rawValue) letters that look alike"
      return "`\(word.showingCodePoints(all: true))` mixes Latin with \(kind), and passes for `\(looksLike)`"
    }
  }

  /// Nil for a word of one script, and for one whose foreign letters look like nothing in ASCII: nobody takes it for another one.
  static func mixture(of word: [UInt32]) -> Mixture? {
    guard word.count >= 3 else { return nil }
    var (latin, foreign): (Int, [UInt32]) = (0, [])
    var script: Confusables.Script?
    var look = ""
    for value in word {
      if value < 0x80 || (0xC0...0x24F).contains(value) {
        if value > 0x80 || UInt8(value).isASCIILetter { latin += 1 }
        if let scalar = Unicode.Scalar(value) { look.unicodeScalars.append(scalar) }
      } else if let found = Confusables.look(of: value), found.script != .onlyInHosts {
        foreign.append(value)
        script = script ?? found.script
        look.append(found.ascii)
      } else {
        return nil
      }
    }
    guard let script, latin >= 2 || latin == 1 && foreign.count >= 3 else { return nil }
    var seen: [UInt32] = []
    for value in foreign where !seen.contains(value) && seen.count < 4 { seen.append(value) }
    let notes = seen.map { value in
      "\(value.codePoint) is a \(Confusables.look(of: value)?.script.rawValue ?? "") look-alike of `\(Confusables.look(of: value)?.ascii ?? "?")`"
    }
    return Mixture(looksLike: look, script: script, notes: notes)
  }

  /// What is wrong with a name that people type or choose by its looks; nil when nothing is.
  ///
  /// - Parameter isPath: whether nothing else looks for hidden characters in it.
  static func wrong(withName name: String, isPath: Bool = false) -> String? {
    for part in name.split(whereSeparator: { "/.-_ @".contains($0) }) {
      let values = part.unicodeScalars.map(\.value)
      if let mixture = mixture(of: values) { return mixture.message(String(part)) }
      // All of it is of another script, and all of it can be taken for ASCII.
      if values.count >= 3, values.allSatisfy({ $0 >= 0x80 }), let look = Confusables.skeleton(of: values) {
        return "`\(String(part).showingCodePoints(all: true))` passes for `\(look)`"
      }
    }
    guard isPath else { return nil }
    let hidden = name.unicodeScalars.filter { $0.value.hiddenClass != nil && !(0xFE0E...0xFE0F).contains($0.value) }
    return hidden.isEmpty ? nil : "`\(name.showingCodePoints())` has characters in it that nobody sees"
  }
}
