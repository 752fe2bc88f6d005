import ContextModel
import Globs
import Platforms

/// The way back from one value of an output to the canonical one that it was spelled from.
struct ValueReading {
  let spelling: FieldRule.Spelling
  let vocabulary: Vocabulary?

  /// The canonical value that is spelled so, as close to the old one as can be.
  ///
  /// - Parameters:
  ///   - base: what was written for the canonical value that there is.
  ///   - old: that canonical value.
  ///   - key: how the output calls it, for the problem.
  /// - Throws: `ReadingProblem` when no canonical value is spelled so.
  func value(_ written: FieldValue?, from base: FieldValue?, onto old: FieldValue?, of key: String) throws(ReadingProblem) -> FieldValue? {
    guard let written else { return nil }
    if spelling == .readOnly { return try switchValue(written, onto: old, of: key) }
    if let vocabulary { return try translated(written, vocabulary, from: base, onto: old, of: key) }
    switch spelling {
    case .same, .readOnly, .permissions, .commandLine, .milliseconds, .negated, .literals, .variables, .ownVariables, .bearer: return written
    case .text: return written.scalarText.map(FieldValue.text) ?? written
    case .list: return Self.like(old, written.patterns, separator: ", ") ?? written
    case .space: return Self.like(old, written.scalarText?.split(separator: " ").map(String.init) ?? written.textList ?? [], separator: ", ")
    case .comma, .commaPlain: return patterns(written, onto: old)
    }
  }

  /// Words in the container that the old value has: one text with commas, or a list.
  private static func like(_ old: FieldValue?, _ words: [String], separator: String) -> FieldValue? {
    if case .text? = old, words.allSatisfy({ !$0.contains(",") || $0.contains("{") }) { return .text(words.joined(separator: separator)) }
    return .list(words.map(FieldValue.text))
  }

  /// Globs: those whose braces were expanded stay as they were written while all that they stand for is there.
  private func patterns(_ written: FieldValue, onto old: FieldValue?) -> FieldValue? {
    var left = written.patterns[...]
    var out: [String] = []
    for pattern in old?.patterns ?? [] {
      let expanded = expandingBraces(pattern)
      if left.starts(with: expanded) {
        out.append(pattern)
        left = left.dropFirst(expanded.count)
      } else if let index = left.indices.first(where: { left[$0...].starts(with: expanded) }) {
        out += left[..<index]
        out.append(pattern)
        left = left[(index + expanded.count)...]
      }
    }
    return Self.like(old, out + left, separator: ", ")
  }

  /// `readonly` and the like; what was concluded from a list of tools cannot be said by a switch.
  private func switchValue(_ written: FieldValue, onto old: FieldValue?, of key: String) throws(ReadingProblem) -> FieldValue? {
    if case .bool = written, old == nil { return written }
    if case .bool? = old { return written }
    throw ReadingProblem("`\(key)` follows from the list of tools", help: "change `tools` in the canonical file")
  }

  /// Words of the platform's, as the canonical ones that mean them.
  private func translated(
    _ written: FieldValue, _ vocabulary: Vocabulary, from base: FieldValue?, onto old: FieldValue?, of key: String
  ) throws(ReadingProblem) -> FieldValue? {
    let words = try words(of: written, key)
    let before = try base.map { base throws(ReadingProblem) in try self.words(of: base, key) } ?? []
    let removed = Set(before).subtracting(words)
    // What the platform has no word for was not said, and stays.
    var out = old.map { wordList(of: $0) } ?? []
    out.removeAll { !removed.isDisjoint(with: vocabulary.translation(of: $0) ?? []) }
    for word in words where !before.contains(word) {
      let meanings = vocabulary.meanings(of: word)
      guard !meanings.isEmpty else { throw ReadingProblem("no canonical word stands for the `\(word)` of `\(key)`") }
      out += meanings.filter { !out.contains($0) }
    }
    switch (spelling, old) {
    case (.same, nil), (.text, nil), (.same, .text?), (.text, .text?): return out.count == 1 ? .text(out[0]) : Self.like(old, out, separator: ", ")
    default: return Self.like(old, out, separator: ", ")
    }
  }

  private func words(of written: FieldValue, _ key: String) throws(ReadingProblem) -> [String] {
    guard spelling == .permissions else {
      return wordList(of: written)
    }
    guard case .map(let entries) = written else { throw ReadingProblem("`\(key)` is no map of permissions") }
    var allowed: [String] = []
    var deniesRest = false
    for entry in entries {
      switch (entry.key, entry.value) {
      case ("*", .text("deny")): deniesRest = true
      case (let word, .text("allow")) where word != "*": allowed.append(word)
      default: throw ReadingProblem("`\(key)` has `\(entry.key)`, which no list of tools can say")
      }
    }
    guard deniesRest else { throw ReadingProblem("`\(key)` does not deny what it does not name, and a list of tools does") }
    return allowed
  }
}

extension Vocabulary {
  /// The canonical words that come to that word of the platform's and no other, in order.
  func meanings(of word: String) -> [String] {
    if translation(of: word) == [word] { return [word] }
    return words.keys.filter { !$0.hasSuffix("*") && words[$0] == [word] }.sorted()
  }
}
