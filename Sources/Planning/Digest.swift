import Crypto
package import FileTree

/// A SHA-256.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let words: SIMD4<UInt64>

  /// Of bytes in memory.
  package init(of bytes: [UInt8]) {
    self.init(SHA256.hash(data: bytes))
  }

  /// Of bytes that are handed over in pieces.
  /// - Throws: what `pieces` throws.
  package init(of pieces: (_ take: (UnsafeRawBufferPointer) -> Void) throws(TreeError) -> Void) throws(TreeError) {
    var hasher = SHA256()
    try pieces { hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
  }

  /// Of a content, in pieces.
  /// - Throws: `TreeError` when a source file cannot be read.
  package init(of content: Content) throws(TreeError) {
    try self.init { (take) throws(TreeError) in try content.stream(to: take) }
  }

  /// What stands at a path, and its digest when it is a file.
  /// - Throws: `TreeError` when it cannot be read.
  package static func observe(_ path: TreePath, in tree: some ReadableTree) throws(TreeError) -> (observed: Observed, digest: Digest?) {
    var hasher = SHA256()
    let observed = try tree.stream(path) { hasher.update(bufferPointer: $0) }
    guard case .file = observed else { return (observed, nil) }
    return (observed, Digest(hasher.finalize()))
  }

  /// Of many files: that of a list of their digests, run bits and paths, in byte order of the paths.
  package init(ofFiles files: [TreePath: (digest: Digest, isExecutable: Bool)]) {
    var list: [UInt8] = []
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      file.digest.appendHex(to: &list)
      list += (file.isExecutable ? " * " : "   ").utf8 + path.bytes
      list.append(UInt8(ascii: "\n"))
    }
    self.init(of: list)
  }

  init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { bytes in
      var words = SIMD4<UInt64>()
      for index in 0..<4 { words[index] = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)) }
      return words
    }
  }

  /// From 64 hexadecimal digits in lower case; nil for anything else.
  package init?(hex: some Collection<UInt8>) {
    guard hex.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, byte) in hex.enumerated() {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = words
  }

  /// 64 hexadecimal digits in lower case.
  package var hex: String {
    var digits: [UInt8] = []
    appendHex(to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  /// Adds the same digits to bytes.
  package func appendHex(to bytes: inout [UInt8]) {
    for index in 0..<4 {
      for half in [words[index] >> 32, words[index] & 0xFFFF_FFFF] {
        withUnsafeBytes(of: Self.hexDigits(of: half).bigEndian) { bytes.append(contentsOf: $0) }
      }
    }
  }

  /// Eight digits as one number, the first in its highest byte.
  private static func hexDigits(of half: UInt64) -> UInt64 {
    var digits = half
    digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
    // One in each byte that is above nine, for the way from `9` to `a`.
    let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return digits &+ 0x3030_3030_3030_3030 &+ letters &* 39
  }

  package var description: String { hex }

  /// In the order of the digits.
  package static func < (left: Digest, right: Digest) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] { return left.words[index] < right.words[index] }
    return false
  }
}
