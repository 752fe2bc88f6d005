/// Why no output may have a path, on whatever system it is made: what one of them takes for something else, another cannot check out.
package enum PathHazard: Hashable, Sendable {
  /// A part that git, or a file system, takes for `.git`.
  case git(String)
  /// A part that Windows keeps for a device, such as `con.md`.
  case device(String)
  /// A character that no name on Windows may have.
  case character(UInt8)
  /// A part that ends in a dot or a blank, which Windows leaves off.
  case ending(String)

  /// What is wrong, to follow the path in a sentence.
  package var words: String {
    switch self {
    case .git(let part): "`\(part)` is, or is taken for, a folder of git's own"
    case .device(let part): "Windows keeps the name `\(part)` for a device"
    case .character(let byte): "no name on Windows may have a `\(String(decoding: [byte], as: UTF8.self))`"
    case .ending(let part): "`\(part)` ends in a dot or a blank, which Windows leaves off"
    }
  }
}

extension TreePath {
  /// The first thing that keeps this from being the path of an output; nil when nothing does.
  package var hazard: PathHazard? {
    for part in parts {
      if part.isGit { return .git(String(decoding: part, as: UTF8.self)) }
      if let byte = part.first(where: \.isReservedOnWindows) { return .character(byte) }
      if part.last == UInt8(ascii: ".") || part.last == 0x20 { return .ending(String(decoding: part, as: UTF8.self)) }
      if part.isDevice { return .device(String(decoding: part, as: UTF8.self)) }
    }
    return nil
  }

  /// Whether a part is, or is taken for, `.git`.
  package var leadsIntoGit: Bool { parts.contains(where: \.isGit) }

  /// Equal for two paths that some file system takes for one: letters in any case, and however they are composed.
  package var folded: FoldedPath { FoldedPath(self) }
}

/// A path as a file system compares it that knows no case and one form of each letter.
package struct FoldedPath: Hashable, Sendable {
  /// Of ASCII alone; the standard library compares other texts by what they mean, and takes its time for it.
  private let plain: [UInt8]
  private let text: String

  init(_ path: TreePath) {
    if path.bytes.allSatisfy({ $0 < 0x80 }) {
      (plain, text) = (path.bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, "")
    } else {
      let folded = path.text.uppercased().lowercased()
      // A letter that only looks special may fold to a plain one, such as the sign for kelvin.
      let isPlain = folded.utf8.allSatisfy { $0 < 0x80 }
      (plain, text) = isPlain ? (Array(folded.utf8), "") : ([], folded)
    }
  }
}

extension ArraySlice<UInt8> {
  /// `.git` in any case, with code points in it that HFS+ ignores, dots and blanks after it, a stream of NTFS, or by its short name there.
  fileprivate var isGit: Bool {
    // Nearly every part has another first letter.
    guard let first, first == UInt8(ascii: ".") || first == UInt8(ascii: "g") || first == UInt8(ascii: "G") || first >= 0x80 else { return false }
    // So have nearly all that begin with a dot another second one.
    let next = dropFirst().first.map { $0 | 0x20 } ?? 0
    guard first >= 0x80 || next >= 0x80 || next == UInt8(ascii: first == UInt8(ascii: ".") ? "g" : "i") else { return false }
    let visible = String(decoding: self, as: UTF8.self).unicodeScalars.filter { !$0.isIgnoredByHFS }
    var name = String(String.UnicodeScalarView(visible)).uppercased().lowercased()
    if let colon = name.firstIndex(of: ":") { name = String(name[..<colon]) }
    while name.utf8.last == UInt8(ascii: ".") || name.utf8.last == 0x20 { name.removeLast() }
    return name == ".git" || name == "git~1"
  }

  /// Whether what comes before the first dot is a device of Windows.
  fileprivate var isDevice: Bool {
    // Nearly every part has another first letter.
    guard let first, "acnlp".utf8.contains(first | 0x20) else { return false }
    var stem = prefix { $0 != UInt8(ascii: ".") }
    while stem.last == 0x20 { stem = stem.dropLast() }
    guard (3...7).contains(stem.count) else { return false }
    switch String(decoding: stem, as: UTF8.self).lowercased() {
    case "con", "prn", "aux", "nul", "conin$", "conout$": return true
    case let name:
      guard name.hasPrefix("com") || name.hasPrefix("lpt") else { return false }
      return ["1", "2", "3", "4", "5", "6", "7", "8", "9", "\u{B9}", "\u{B2}", "\u{B3}"].contains(name.dropFirst(3))
    }
  }
}

extension UInt8 {
  fileprivate var isReservedOnWindows: Bool {
    switch self {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "\""), UInt8(ascii: "|"), UInt8(ascii: "?"), UInt8(ascii: "*"): true
    default: false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isIgnoredByHFS: Bool {
    switch value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }
}
