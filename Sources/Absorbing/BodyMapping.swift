import Formats
import TextDiff
import YAML

/// Maps the edit of a body as it was written back to the canonical body that it was written from.
struct BodyMapping {
  let written: [UInt8]
  let runs: [BodyRun]
  /// Where each run begins; one more for the end.
  private let starts: [Int]

  init(written: [UInt8], runs: [BodyRun]) {
    (self.written, self.runs) = (written, runs)
    starts = runs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.length) }
  }

  /// The smallest changes of the canonical body after which it is written as the edited text.
  ///
  /// - Parameter spelling: what new text is in the canonical file.
  /// - Throws: `Refusal` for a change of what aiwg adds; its line is one of the edited text.
  func edits(to edited: [UInt8], spelling: ([UInt8]) -> [UInt8]) throws(Refusal) -> [ByteEdit] {
    let (old, new) = (linesWithEnds(of: written), linesWithEnds(of: edited))
    var out: [ByteEdit] = []
    for found in differences(from: old, to: new) {
      let lines = clearOfAdditions(found, old, new)
      let oldRange = bytes(of: lines.old, in: old, count: written.count)
      let newRange = bytes(of: lines.new, in: new, count: edited.count)
      for change in WordDiff(atoms: atoms(in: oldRange)).changes(from: written, oldRange, to: edited, newRange) {
        do throws(AddedText) {
          out.append(ByteEdit(try source(of: change.old), spelling(Array(edited[change.new]))))
        } catch {
          throw Refusal(
            "this text is aiwg's own: it says what `\(error.field)` says", line: lines.new.lowerBound + 1,
            help: "change `\(error.field)` in the canonical file")
        }
      }
    }
    return out
  }

  /// The same difference, moved up or down through equal lines until it touches nothing that aiwg added.
  private func clearOfAdditions(_ found: Difference, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> Difference {
    for candidate in found.slides(old, new) {
      let range = bytes(of: candidate.old, in: old, count: written.count)
      if (try? source(of: range)) != nil { return candidate }
    }
    return found
  }

  private func bytes(of lines: Range<Int>, in all: [ArraySlice<UInt8>], count: Int) -> Range<Int> {
    let start = lines.lowerBound < all.count ? all[lines.lowerBound].startIndex : count
    return start..<(lines.isEmpty ? start : all[lines.upperBound - 1].endIndex)
  }

  /// Texts that stand for other ones in the canonical body, and so change as a whole or not at all.
  private func atoms(in range: Range<Int>) -> [Range<Int>] {
    runs.indices.compactMap { index in
      guard case .respelled = runs[index].origin, runs[index].length > 0 else { return nil }
      let own = starts[index]..<starts[index + 1]
      return own.overlaps(range) ? own : nil
    }
  }

  /// What aiwg says there for a field.
  private struct AddedText: Error {
    var field: String
  }

  /// The canonical bytes that a range was written from.
  private func source(of range: Range<Int>) throws(AddedText) -> Range<Int> {
    guard !range.isEmpty else {
      let spot = try spot(at: range.lowerBound)
      return spot..<spot
    }
    var lower: Int?
    var upper = 0
    for (index, run) in runs.enumerated() where (starts[index]..<starts[index + 1]).overlaps(range) {
      switch run.origin {
      case .added(let field): throw AddedText(field: field)
      case .respelled(let source):
        lower = lower ?? source.lowerBound
        upper = source.upperBound
      case .verbatim(let source):
        lower = lower ?? source.lowerBound + max(0, range.lowerBound - starts[index])
        upper = source.lowerBound + min(run.length, range.upperBound - starts[index])
      }
    }
    return (lower ?? 0)..<max(upper, lower ?? 0)
  }

  /// The canonical spot between two bytes.
  private func spot(at offset: Int) throws(AddedText) -> Int {
    var before: Int?
    var after: Int?
    var field: String?
    for (index, run) in runs.enumerated() where starts[index] <= offset && offset <= starts[index + 1] {
      switch run.origin {
      case .added(let own): field = own
      case .verbatim(let source) where starts[index] < offset && offset < starts[index + 1]: return source.lowerBound + offset - starts[index]
      case .verbatim(let source), .respelled(let source):
        if offset == starts[index + 1] { before = source.upperBound } else { after = after ?? source.lowerBound }
      }
    }
    if let spot = before ?? after { return spot }
    guard let field else { return 0 }
    throw AddedText(field: field)
  }
}

extension Difference {
  /// Itself, then the same change of the text said of other lines: moved up, then moved down.
  func slides(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Difference] {
    guard self.old.isEmpty != self.new.isEmpty else { return [self] }
    var out = [self]
    for step in [-1, 1] {
      var current = self
      while let next = current.slid(step, old, new) {
        out.append(next)
        current = next
      }
    }
    return out
  }

  private func slid(_ step: Int, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> Difference? {
    let (lines, range) = self.new.isEmpty ? (old, self.old) : (new, self.new)
    let leaving = step < 0 ? range.lowerBound - 1 : range.upperBound
    let entering = step < 0 ? range.upperBound - 1 : range.lowerBound
    guard lines.indices.contains(leaving), lines[leaving] == lines[entering] else { return nil }
    let moved = Difference(
      old: self.old.lowerBound + step..<self.old.upperBound + step, new: self.new.lowerBound + step..<self.new.upperBound + step)
    guard moved.old.lowerBound >= 0, moved.new.lowerBound >= 0, moved.old.upperBound <= old.count, moved.new.upperBound <= new.count else {
      return nil
    }
    return moved
  }
}
