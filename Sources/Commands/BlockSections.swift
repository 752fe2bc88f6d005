import ContextModel
import Diagnostics
import Formats
import TextDiff

/// An old text of a block, parted as the new one is.
struct BlockSections {
  /// By canonical file: what of the old text stands in the place of its section, and the section.
  private(set) var sections: [String: (old: [UInt8], new: [UInt8])] = [:]
  /// Parts of the old text that begin with a heading and stand where no section is any more.
  private(set) var gone: [[UInt8]] = []

  /// - Parameter pieces: the new text, piece by piece.
  init(of old: [UInt8], in pieces: [OutputPiece]) {
    var owners: [String?] = []
    var newLines: [ArraySlice<UInt8>] = []
    for piece in pieces {
      let lines = linesWithEnds(of: piece.bytes)
      newLines += lines
      var owner: String?
      if case .artifact(let artifact) = piece.origin { owner = artifact.text.path }
      owners += Array(repeating: owner, count: lines.count)
      if let owner { sections[owner, default: ([], [])].new += piece.bytes }
    }
    let oldLines = linesWithEnds(of: old)
    var (position, newPosition) = (0, 0)
    for difference in differences(from: oldLines, to: newLines) {
      while newPosition < difference.new.lowerBound {
        add(oldLines[position], to: owners[newPosition])
        (position, newPosition) = (position + 1, newPosition + 1)
      }
      let before = difference.new.lowerBound > 0 ? owners[difference.new.lowerBound - 1] : nil
      let after = difference.new.upperBound < owners.count ? owners[difference.new.upperBound] : nil
      let lines = oldLines[difference.old]
      if !difference.new.isEmpty {
        for line in lines { add(line, to: owners[difference.new.lowerBound]) }
      } else if before != after, Self.beginsSection(lines) {
        gone.append(Array(lines.joined()))
      } else {
        for line in lines { add(line, to: before ?? after) }
      }
      (position, newPosition) = (difference.old.upperBound, difference.new.upperBound)
    }
    while position < oldLines.count, newPosition < owners.count {
      add(oldLines[position], to: owners[newPosition])
      (position, newPosition) = (position + 1, newPosition + 1)
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>, to owner: String?) {
    if let owner { sections[owner, default: ([], [])].old += line }
  }

  /// Whether the first line with a text is a heading.
  private static func beginsSection(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    let texts = lines.filter { $0.contains { $0 > 0x20 } }
    return texts.first?.first == UInt8(ascii: "#")
  }
}
