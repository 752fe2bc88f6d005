import ContextModel
import Diagnostics
import Platforms

/// Texts that stand in several artifacts, or twice in one: each is paid for as often as it is there.
///
/// One finding for all texts that the same artifacts share, at the second place of the first of them.
func duplicateFindings(_ texts: ReadTexts, _ input: LintInput) -> [LintFinding] {
  let artifacts = texts.artifacts
  let paragraphs = Array(texts.paragraphs.joined())
  let found = ParagraphClusters(of: paragraphs, in: artifacts.map(\.body))
  let platforms = artifacts.map { PlatformSet(of: $0.audience, among: input.platforms) }
  var groups: [UInt64: Int] = [:]
  var copies: [Copies] = []
  for (cluster, isExact) in zip(found.clusters, found.isExact) {
    guard isPaidTwice(cluster.lazy.map { platforms[paragraphs[$0].artifact] }) else { continue }
    let key = WordHash.joining(cluster.lazy.map { UInt64(paragraphs[$0].artifact) })
    let copy = Copies(cluster.map { paragraphs[$0] }, isExact: isExact)
    if let known = groups[key] {
      copies[known].join(copy)
    } else {
      groups[key] = copies.count
      copies.append(copy)
    }
  }
  return copies.map { LintFinding($0.finding(in: artifacts)) }
}

/// Whether some platform gets two of the texts.
private func isPaidTwice(_ platforms: some Sequence<PlatformSet>) -> Bool {
  var once = PlatformSet.none
  for set in platforms {
    if set.overlaps(once) { return true }
    once.formUnion(set)
  }
  return false
}

/// Texts that the same artifacts share.
private struct Copies {
  private var texts: [[Paragraph]]
  private var isExact: Bool

  init(_ members: [Paragraph], isExact: Bool) { (texts, self.isExact) = ([members], isExact) }

  mutating func join(_ other: Copies) {
    texts += other.texts
    isExact = isExact && other.isExact
  }

  func finding(in artifacts: [Artifact]) -> Diagnostic {
    // In order of where they are found the second time.
    let texts = texts.sorted { ($0[1].artifact, $0[1].range.lowerBound) < ($1[1].artifact, $1[1].range.lowerBound) }
    let (first, second) = (texts[0][0], texts[0][1])
    let holders = Set(texts[0].map(\.artifact)).count
    let words = texts.reduce(0) { $0 + $1[0].words }
    let bytes = texts.joined().reduce(0) { $0 + $1.range.count } - texts.reduce(0) { $0 + $1[0].range.count }
    let what = texts.count == 1 ? "this text of \(words) words" : "\(texts.count) texts of \(words) words, this one first,"
    let alike = isExact ? "" : ", nearly word for word"
    let start = place(of: first, in: artifacts)
    let origin = first.artifact == second.artifact ? "line \(start.line ?? 1)" : "\(start.path):\(start.line ?? 1)"
    let verb = texts.count == 1 ? "stands" : "stand"
    let count = holders == 1 ? "\(verb) \(texts[0].count) times in this file" : "\(verb) in \(holders) artifacts"
    return Diagnostic(
      .warning, "duplicate/paragraph",
      "\(what) \(count)\(alike), first in \(origin): about \(estimatedTokens(ofBytes: bytes)) tokens are paid again",
      at: place(of: second, in: artifacts), notes: notes(texts, in: artifacts),
      help: holders == 1 ? "keep one of them" : "keep it in one place: make a rule of it, or a file, and refer to that from the others")
  }

  /// Where the further texts and copies are, as far as a person wants to know.
  private func notes(_ texts: [[Paragraph]], in artifacts: [Artifact]) -> [String] {
    let further = texts[0].dropFirst(2).prefix(3).map { paragraph in
      let place = place(of: paragraph, in: artifacts)
      return "again in \(place.path):\(place.line ?? 1)"
    }
    let others = texts.dropFirst().prefix(3).map { members in
      "another one in line \(place(of: members[1], in: artifacts).line ?? 1), \(members[0].words) words"
    }
    return further + others
  }

  private func place(of paragraph: Paragraph, in artifacts: [Artifact]) -> SourcePlace {
    let body = artifacts[paragraph.artifact].body.bytes
    let end = body[paragraph.range].firstIndex(of: 0x0A) ?? paragraph.range.upperBound
    return artifacts[paragraph.artifact].place(inBody: paragraph.range.lowerBound..<end)
  }
}
