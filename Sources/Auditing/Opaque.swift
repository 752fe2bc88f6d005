import Diagnostics
import FileTree

/// A file that nobody can read: a program, an archive, an image.
struct Opaque {
  private let file: AuditedFile
  /// What it is, when that is worth a word.
  private let program: String?

  /// Nil for a text, whatever is wrong with it.
  init?(_ file: AuditedFile) {
    self.file = file
    let bytes = file.bytes
    if let name = Self.programs.first(where: { bytes.starts(with: $0.start) })?.name {
      program = name
      return
    }
    program = nil
    if Self.media.contains(where: { bytes.starts(with: $0) }) { return }
    // Text with some bytes that are none stays a text: a model reads it, too.
    let head = bytes.prefix(8_000)
    guard head.contains(0), UTF16Text(bytes) == nil else { return nil }
    let odd = head.count { $0 < 0x09 || (0x0E...0x1A).contains($0) || (0x1C...0x1F).contains($0) }
    guard odd * 20 > head.count else { return nil }
  }

  var diagnostics: [Diagnostic] {
    guard let program else { return [] }
    return [
      Diagnostic(
        .warning, AuditKind.program.id, "\(program), which nobody can read here", at: SourcePlace(path: file.shownAs),
        help: "put its source here and build it, or say in aiwg.yaml where it is from")
    ]
  }

  private static let programs: [(start: [UInt8], name: String)] = [
    ([0x7F, 0x45, 0x4C, 0x46], "a program for Linux"), ([0x4D, 0x5A, 0x90], "a program for Windows"),
    ([0xCF, 0xFA, 0xED, 0xFE], "a program for macOS"),
    ([0xCE, 0xFA, 0xED, 0xFE], "a program for macOS"), ([0xCA, 0xFE, 0xBA, 0xBE], "a compiled program"),
    ([0x00, 0x61, 0x73, 0x6D], "a WebAssembly program"),
    ([0x50, 0x4B, 0x03, 0x04], "an archive"), ([0x37, 0x7A, 0xBC, 0xAF], "an archive"), ([0x52, 0x61, 0x72, 0x21], "an archive"),
    ([0x1F, 0x8B], "an archive"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an archive"),
  ]

  private static let media: [[UInt8]] = [
    [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("RIFF".utf8), Array("%PDF".utf8), Array("wOFF".utf8), Array("wOF2".utf8),
    [0x00, 0x01, 0x00, 0x00], Array("OTTO".utf8), Array("SQLite".utf8),
  ]
}

/// A text in two bytes a unit, as some editors save it, in the bytes that all others have.
struct UTF16Text {
  let bytes: [UInt8]

  /// Nil without the mark that it begins with.
  init?(_ bytes: [UInt8]) {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      isLittle ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8 : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }
    self.bytes = Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
