/// What two texts make of a third that both began as.
package struct Merge: Hashable, Sendable {
  /// Which of the two texts.
  package enum Side: Hashable, Sendable {
    case ours, theirs
  }

  /// In the order of the text; no two settled ones follow each other, and none is empty.
  package private(set) var parts: [MergePart] = []

  package var hasConflicts: Bool { settled == nil }

  /// The bytes where the sides agree everywhere; nil with a conflict.
  package var settled: [UInt8]? {
    switch parts.count {
    case 0: []
    case 1: if case .settled(let bytes) = parts[0] { bytes } else { nil }
    default: nil
    }
  }

  /// The bytes with one side's lines in place of each conflict.
  package func bytes(preferring side: Side) -> [UInt8] {
    parts.flatMap { part in
      switch part {
      case .settled(let bytes): bytes
      case .conflict(let conflict): side == .ours ? conflict.ours : conflict.theirs
      }
    }
  }

  fileprivate mutating func settle(_ lines: ArraySlice<ArraySlice<UInt8>>) {
    guard !lines.isEmpty else { return }
    if case .settled(let before)? = parts.last {
      parts[parts.count - 1] = .settled(before + lines.joined())
    } else {
      parts.append(.settled(Array(lines.joined())))
    }
  }

  fileprivate mutating func dispute(_ conflict: MergeConflict) { parts.append(.conflict(conflict)) }
}

/// A run of a three-way merge.
package enum MergePart: Hashable, Sendable {
  case settled([UInt8])
  case conflict(MergeConflict)
}

/// A run of lines for which each side has something else, with what both began as.
package struct MergeConflict: Hashable, Sendable {
  package var base: [UInt8]
  package var ours: [UInt8]
  package var theirs: [UInt8]
  /// Where it begins in each text, counted from 1; the line behind the last one when it has none there.
  package var baseLine: Int
  package var oursLine: Int
  package var theirsLine: Int

  package init(base: [UInt8], ours: [UInt8], theirs: [UInt8], baseLine: Int, oursLine: Int, theirsLine: Int) {
    (self.base, self.ours, self.theirs) = (base, ours, theirs)
    (self.baseLine, self.oursLine, self.theirsLine) = (baseLine, oursLine, theirsLine)
  }
}

/// Merges the changes of two texts to a third by lines.
///
/// What one side alone changed is taken, and so is what both changed alike. Other changes that overlap, or touch without an unchanged line between
/// them, are a conflict. No line that a side inserted is lost: it is settled, or in a conflict.
package func merge(base: [UInt8], ours: [UInt8], theirs: [UInt8]) -> Merge {
  let baseLines = splitLines(base)
  var (ourWalk, theirWalk) = (Walk(from: baseLines, to: splitLines(ours)), Walk(from: baseLines, to: splitLines(theirs)))
  var merge = Merge()
  var position = 0
  while let start = [ourWalk.nextChange, theirWalk.nextChange].compactMap({ $0 }).min() {
    merge.settle(baseLines[position..<start])
    var run = start..<start
    let (ourStart, theirStart) = (ourWalk.line(start), theirWalk.line(start))
    var (isOurs, isTheirs) = (ourWalk.grow(&run), theirWalk.grow(&run))
    // Each may reach as far as the next change of the other.
    while true {
      if ourWalk.grow(&run) { isOurs = true } else if theirWalk.grow(&run) { isTheirs = true } else { break }
    }
    let ourRun = ourStart..<ourWalk.line(run.upperBound)
    let theirRun = theirStart..<theirWalk.line(run.upperBound)
    switch (isOurs, isTheirs) {
    case (true, false): merge.settle(ourWalk.lines[ourRun])
    case (false, _): merge.settle(theirWalk.lines[theirRun])
    case (true, true): merge.join(baseLines[run], ourWalk.lines[ourRun], theirWalk.lines[theirRun])
    }
    position = run.upperBound
  }
  merge.settle(baseLines[position...])
  return merge
}

extension Merge {
  /// Adds a run that both sides changed: what is alike at its ends is settled, the rest a conflict.
  fileprivate mutating func join(
    _ base: ArraySlice<ArraySlice<UInt8>>, _ ours: ArraySlice<ArraySlice<UInt8>>, _ theirs: ArraySlice<ArraySlice<UInt8>>
  ) {
    let head = zip(ours, theirs).prefix { $0 == $1 }.count
    let tail = zip(ours.dropFirst(head).reversed(), theirs.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    let (ourRest, theirRest) = (ours.dropFirst(head).dropLast(tail), theirs.dropFirst(head).dropLast(tail))
    settle(ours.prefix(head))
    if !ourRest.isEmpty || !theirRest.isEmpty {
      let baseRest = base.without(ours.prefix(head), ours.suffix(tail))
      dispute(
        MergeConflict(
          base: Array(baseRest.joined()), ours: Array(ourRest.joined()), theirs: Array(theirRest.joined()),
          baseLine: baseRest.startIndex + 1, oursLine: ourRest.startIndex + 1, theirsLine: theirRest.startIndex + 1))
    }
    settle(ours.suffix(tail))
  }
}

extension ArraySlice<ArraySlice<UInt8>> {
  /// The lines without those that are settled at the ends, where they have them too.
  fileprivate func without(_ head: Self, _ tail: Self) -> Self {
    let rest = dropFirst(zip(self, head).prefix { $0 == $1 }.count)
    return rest.dropLast(zip(rest.reversed(), tail.reversed()).prefix { $0 == $1 }.count)
  }
}

/// One side of a merge, on the way from its first change to its last.
private struct Walk {
  let lines: [ArraySlice<UInt8>]
  private var changes: ArraySlice<Edit>
  /// How many lines more than the base the side has so far.
  private var surplus = 0

  init(from base: [ArraySlice<UInt8>], to lines: [ArraySlice<UInt8>]) {
    self.lines = lines
    changes = script(from: base, to: lines).filter { !$0.isSame }[...]
  }

  /// The first line of the base that the next change is about.
  var nextChange: Int? { changes.first?.old.lowerBound }

  /// The line that an unchanged line of the base is on this side.
  func line(_ base: Int) -> Int { base + surplus }

  /// Takes the changes that overlap a run of the base or touch it, and makes the run as long as they are.
  mutating func grow(_ run: inout Range<Int>) -> Bool {
    let before = changes.count
    while let change = changes.first, change.old.lowerBound <= run.upperBound {
      run = run.lowerBound..<max(run.upperBound, change.old.upperBound)
      surplus += change.new.count - change.old.count
      changes.removeFirst()
    }
    return changes.count < before
  }
}
