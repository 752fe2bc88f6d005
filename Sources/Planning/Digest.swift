import Crypto
package import FileTree

/// A SHA-256.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let words: SIMD4<UInt64>

  /// Of bytes in memory.
  package init(of bytes: [UInt8]) {
    self.init(SHA256.hash(data: bytes))
  }

  /// Of a content, in pieces.
  /// - Throws: `TreeError` when a source file cannot be read.
  package init(of content: Content) throws(TreeError) {
    var hasher = SHA256()
    try content.stream { hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
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
    var words = SIMD4<UInt64>()
    for (index, byte) in digest.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    self.words = words
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
    for index in 0..<64 {
      let value = UInt8(truncatingIfNeeded: words[index / 16] >> UInt64(60 - index % 16 * 4) & 15)
      bytes.append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
  }

  package var description: String { hex }

  /// In the order of the digits.
  package static func < (left: Digest, right: Digest) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] { return left.words[index] < right.words[index] }
    return false
  }
}
