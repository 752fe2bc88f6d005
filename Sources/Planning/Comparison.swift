import Crypto
import FileTree

/// Compares a file with the bytes that are wanted while it is read; hashes it only from where they part.
struct Comparison {
  /// More than this of a source file is hashed instead of held.
  private static let mostHeld = 1 << 20

  private let expected: [UInt8]
  private var offset = 0
  private var hasher: SHA256?

  private init(expected: [UInt8]) {
    self.expected = expected
  }

  /// What stands at a path, its digest when it is a file, and the digest of what is wanted.
  static func compare(
    _ path: TreePath, in tree: some ReadableTree, with content: Content
  ) throws(TreeError) -> (observed: Observed, digest: Digest?, desired: Digest) {
    guard let expected = try held(content) else {
      let desired = try Digest(of: content)
      let (observed, digest) = try Digest.observe(path, in: tree)
      return (observed, digest, desired)
    }
    var comparison = Comparison(expected: expected)
    let observed = try tree.stream(path) { comparison.take($0) }
    let desired = Digest(of: expected)
    guard case .file = observed else { return (observed, nil, desired) }
    return (observed, comparison.digest(unless: desired), desired)
  }

  private static func held(_ content: Content) throws(TreeError) -> [UInt8]? {
    switch content {
    case .bytes(let bytes): return bytes
    case .copy(let path, let tree):
      if case .file(let size, _) = try tree.observe(path), size > mostHeld { return nil }
      return try tree.read(path)
    }
  }

  private mutating func take(_ piece: UnsafeRawBufferPointer) {
    if hasher == nil {
      let isEqual = expected.withUnsafeBytes {
        offset + piece.count <= $0.count && isSame(piece, UnsafeRawBufferPointer(rebasing: $0[offset..<offset + piece.count]))
      }
      if isEqual {
        offset += piece.count
        return
      }
      hasher = prefixHasher()
    }
    hasher?.update(bufferPointer: piece)
  }

  private func prefixHasher() -> SHA256 {
    var hasher = SHA256()
    expected.withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<offset])) }
    return hasher
  }

  private func digest(unless desired: Digest) -> Digest {
    if hasher == nil && offset == expected.count { return desired }
    return Digest((hasher ?? prefixHasher()).finalize())
  }
}

/// Eight bytes at a time: the standard library goes one by one.
private func isSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  var index = 0
  while index + 8 <= left.count {
    if left.loadUnaligned(fromByteOffset: index, as: UInt64.self) != right.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
    index += 8
  }
  while index < left.count {
    if left[index] != right[index] { return false }
    index += 1
  }
  return true
}
