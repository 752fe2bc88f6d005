import ContextModel
import Diagnostics
import Formats
import TextDiff

/// An old text of a block, parted as the new one is.
struct BlockSections {
  /// By canonical file: what of the old text stands in the place of its section, and the section.
  private(set) var sections: [String: (old: [UInt8], new: [UInt8])] = [:]
  /// Parts of the old text that have a title and stand where no section is any more.
  private(set) var gone: [[UInt8]] = []
  /// By line of the new text: the canonical file that it is from.
  private var owners: [String?] = []
  private let oldLines: [ArraySlice<UInt8>]
  private var newLines: [ArraySlice<UInt8>] = []

  /// - Parameter pieces: the new text, piece by piece.
  init(of old: [UInt8], in pieces: [OutputPiece]) {
    oldLines = linesWithEnds(of: old)
    for piece in pieces {
      let lines = linesWithEnds(of: piece.bytes)
      newLines += lines
      var owner: String?
      if case .artifact(let artifact) = piece.origin { owner = artifact.text.path }
      owners += Array(repeating: owner, count: lines.count)
      if let owner { sections[owner, default: ([], [])].new += piece.bytes }
    }
    var (position, newPosition) = (0, 0)
    let differences = differences(from: oldLines, to: newLines)
    for (index, difference) in differences.enumerated() {
      let next = index + 1 < differences.count ? differences[index + 1].old.lowerBound : oldLines.count
      let difference = slid(difference, within: position..<next)
      keep(from: position, until: difference.old.lowerBound, as: newPosition)
      take(difference)
      (position, newPosition) = (difference.old.upperBound, difference.new.upperBound)
    }
    keep(from: position, until: oldLines.count, as: newPosition)
  }

  /// Adds lines that are the same in both.
  private mutating func keep(from start: Int, until end: Int, as new: Int) {
    for line in start..<end { add(oldLines[line], to: owners[new + line - start]) }
  }

  private mutating func take(_ difference: Difference) {
    let lines = oldLines[difference.old]
    if difference.new.isEmpty, isBetweenSections(difference), Self.haveTitle(lines) {
      gone.append(Array(lines.joined()))
      return
    }
    let before = difference.new.lowerBound > 0 ? owners[difference.new.lowerBound - 1] : nil
    let owner = difference.new.isEmpty ? before : owners[difference.new.lowerBound]
    for line in lines { add(line, to: owner) }
  }

  /// The same lines, taken out where a section ends: of `a b a b`, nobody knows which `a b` is gone.
  private func slid(_ difference: Difference, within bounds: Range<Int>) -> Difference {
    guard difference.new.isEmpty else { return difference }
    var down = difference
    while !isBetweenSections(down), down.old.upperBound < bounds.upperBound, oldLines[down.old.lowerBound] == oldLines[down.old.upperBound] {
      down = down.moved(by: 1)
    }
    var up = difference
    while !isBetweenSections(up), up.old.lowerBound > bounds.lowerBound, oldLines[up.old.lowerBound - 1] == oldLines[up.old.upperBound - 1] {
      up = up.moved(by: -1)
    }
    return [down, up].first(where: isBetweenSections) ?? difference
  }

  private func isBetweenSections(_ difference: Difference) -> Bool {
    let before = difference.new.lowerBound > 0 ? owners[difference.new.lowerBound - 1] : nil
    let after = difference.new.upperBound < owners.count ? owners[difference.new.upperBound] : nil
    return before != after
  }

  private mutating func add(_ line: ArraySlice<UInt8>, to owner: String?) {
    if let owner { sections[owner, default: ([], [])].old += line }
  }

  /// Whether there is a heading of the first level; a line about the artifact may stand before it.
  private static func haveTitle(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool { lines.contains { $0.starts(with: "# ".utf8) } }
}

extension Difference {
  fileprivate func moved(by lines: Int) -> Difference {
    Difference(old: old.lowerBound + lines..<old.upperBound + lines, new: new.lowerBound + lines..<new.upperBound + lines)
  }
}
