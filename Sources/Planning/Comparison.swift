import Crypto
import FileTree

/// Compares a file with the bytes that are wanted while it is read; hashes it only from where they part.
struct Comparison {
  /// More than this of a source file is hashed instead of held.
  private static let mostHeld = 1 << 20

  private let expected: [ArraySlice<UInt8>]
  /// Where in the expected parts the equal bytes end.
  private var part = 0
  private var offset = 0
  private var hasher: SHA256?

  private init(expected: [ArraySlice<UInt8>]) {
    self.expected = expected
  }

  /// What stands at a path, its digest when it is a file, and the digest of what is wanted.
  static func compare(
    _ path: TreePath, in tree: some ReadableTree, with content: Content
  ) throws(TreeError) -> (observed: Observed, digest: Digest?, desired: Digest) {
    let held: [ArraySlice<UInt8>]?
    do throws(TreeError) { held = try Self.held(content) } catch { throw error.reading(for: path) }
    guard let expected = held else {
      let desired: Digest
      do throws(TreeError) { desired = try Digest(of: content) } catch { throw error.reading(for: path) }
      let (observed, digest) = try Digest.observe(path, in: tree)
      return (observed, digest, desired)
    }
    let desired = try Digest(of: .parts(expected))
    var comparison = Comparison(expected: expected)
    let observed = try tree.stream(path) { comparison.take($0) }
    guard case .file = observed else { return (observed, nil, desired) }
    return (observed, comparison.digest(unless: desired), desired)
  }

  /// The digest of what is wanted where nothing is.
  static func digest(of content: Content, for path: TreePath) throws(TreeError) -> Digest {
    do throws(TreeError) { return try Digest(of: content) } catch { throw error.reading(for: path) }
  }

  private static func held(_ content: Content) throws(TreeError) -> [ArraySlice<UInt8>]? {
    switch content {
    case .bytes(let bytes): return [bytes[...]]
    case .parts(let parts): return parts
    case .copy(let path, let tree):
      if case .file(let size, _) = try tree.observe(path), size > mostHeld { return nil }
      return [try tree.read(path)[...]]
    }
  }

  private mutating func take(_ piece: UnsafeRawBufferPointer) {
    var rest = piece
    while hasher == nil, !rest.isEmpty {
      guard part < expected.count else {
        hasher = prefixHasher()
        break
      }
      let count = min(rest.count, expected[part].count - offset)
      let isEqual = expected[part].withUnsafeBytes {
        isSame(UnsafeRawBufferPointer(rebasing: rest[..<count]), UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
      }
      guard isEqual else {
        hasher = prefixHasher()
        break
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      offset += count
      if offset == expected[part].count { (part, offset) = (part + 1, 0) }
    }
    hasher?.update(bufferPointer: rest)
  }

  /// Over the bytes that were equal so far.
  private func prefixHasher() -> SHA256 {
    var hasher = SHA256()
    for whole in expected[..<part] { whole.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    if part < expected.count {
      expected[part].withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<offset])) }
    }
    return hasher
  }

  private func digest(unless desired: Digest) -> Digest {
    if hasher == nil && expected[part...].allSatisfy(\.isEmpty) { return desired }
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
