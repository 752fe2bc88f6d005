import ContextModel
import Diagnostics

/// Sentences that order and forbid the same thing: what is done then is up to chance.
///
/// Of rules that may be in force together, and within one artifact; one finding for each thing, at the later of two places.
func contradictionFindings(_ texts: ReadTexts, _ input: LintInput) -> [LintFinding] {
  let artifacts = texts.artifacts
  let holds = Validity(of: artifacts, input)
  let pairs = statementsByThing(texts).compactMap { $0.contradiction(holds) }
  // One sentence may say one thing in two ways.
  var told = Set<[Int]>()
  return pairs.map { ($0, $1, [$1.artifact, $1.said.range.lowerBound, $0.artifact, $0.said.range.lowerBound]) }
    .sorted { $0.2.lexicographicallyPrecedes($1.2) }.filter { told.insert($0.2).inserted }
    .map { LintFinding(finding($0.0, $0.1, in: artifacts)) }
}

/// What is said of one thing by two statements or more, in no order of the things.
private func statementsByThing(_ texts: ReadTexts) -> [[Said]] {
  let keys = texts.statements.map { said in said.map { WordHash.joining([$0.statement.subject, $0.context]) } }
  var repeated = RepeatedHashes(count: keys.reduce(0) { $0 + $1.count })
  for some in keys { for key in some { repeated.add(key) } }
  var groups: [UInt64: [Said]] = [:]
  for artifact in keys.indices {
    for (key, said) in zip(keys[artifact], texts.statements[artifact]) where repeated.contains(key) {
      // Of what everybody says, some are enough to find one who says the opposite.
      let known = groups[key]?.count { $0.said.statement.stance == said.statement.stance } ?? 0
      if known < Said.most { groups[key, default: []].append(Said(artifact: artifact, said: said)) }
    }
  }
  return groups.values.filter { $0.count > 1 }
}

/// A statement of an artifact.
private struct Said {
  /// Index of the artifact.
  var artifact: Int
  var said: SaidStatement

  /// How many of one stance are remembered.
  static let most = 24
}

extension [Said] {
  /// The first two that cannot both be followed, in reading order.
  fileprivate func contradiction(_ holds: Validity) -> (Said, Said)? {
    for (index, second) in enumerated() {
      for first in self[..<index] where first.said.statement.excludes(second.said.statement) && holds.together(first, second) {
        return (first, second)
      }
    }
    return nil
  }
}

/// Which statements may hold at the same time.
private struct Validity {
  private let artifacts: [Artifact]
  private let platforms: [PlatformSet]
  private let scopes: [Set<UInt64>]

  init(of artifacts: [Artifact], _ input: LintInput) {
    self.artifacts = artifacts
    platforms = artifacts.map { PlatformSet(of: $0.audience, among: input.platforms) }
    scopes = artifacts.map { artifact in
      guard artifact.id.kind == .rule else { return [] }
      let own = ScopeWords.all.scopes(in: artifact.id.name)
      return artifact.activation == .model ? own.union(ScopeWords.all.scopes(in: artifact.description ?? "")) : own
    }
  }

  func together(_ first: Said, _ second: Said) -> Bool {
    // What a statement names itself says nothing about where it holds.
    let named = Set(first.said.statement.stems + second.said.statement.stems)
    if first.artifact == second.artifact {
      if first.said.heading == second.said.heading { return true }
      if case .picks = first.said.statement.stance { return false }
      return first.said.statement.length >= 3 && first.said.scopes.subtracting(named) == second.said.scopes.subtracting(named)
    }
    let (left, right) = (artifacts[first.artifact], artifacts[second.artifact])
    guard left.id.kind == .rule, right.id.kind == .rule, left.activation != .manual, right.activation != .manual else { return false }
    guard platforms[first.artifact].overlaps(platforms[second.artifact]) else { return false }
    let leftScopes = scopes[first.artifact].union(first.said.scopes).subtracting(named)
    let rightScopes = scopes[second.artifact].union(second.said.scopes).subtracting(named)
    return leftScopes == rightScopes && mayOverlap(left.globs, right.globs)
  }
}

private func finding(_ first: Said, _ second: Said, in artifacts: [Artifact]) -> Diagnostic {
  let (left, right) = (artifacts[first.artifact], artifacts[second.artifact])
  let origin = left.place(inBody: first.said.range)
  let isSame = first.artifact == second.artifact
  let spot = isSame ? "line \(origin.line ?? 1)" : "\(origin.path):\(origin.line ?? 1)"
  return Diagnostic(
    .warning, "contradiction/modal", "this and \(spot) cannot both be followed", at: right.place(inBody: second.said.range),
    notes: ["\(spot): \(shortened(left.body.bytes[first.said.range]))"],
    help: "take one of them out, or say in both when each holds")
}

/// A sentence in one line.
private func shortened(_ bytes: ArraySlice<UInt8>) -> String {
  let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return words.count > 120 ? words.prefix(119) + "…" : words
}
