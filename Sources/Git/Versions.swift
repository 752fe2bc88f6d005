/// Reads versions of a file out of git, a few at a time, each one once.
struct Versions {
  /// Nothing that is deployed comes near to it.
  private static let mostBytes = 4 << 20
  /// Of one look, which reads several.
  private static let mostBytesAtOnce = 16 << 20
  /// How often git may stop at something that was never fetched before the rest is left alone.
  private static let mostGaps = 16

  let deadline: Double
  private let git: Git
  private var seen = Set<String>()

  init(_ git: Git, before deadline: Double) {
    self.git = git
    self.deadline = deadline
  }

  /// The first wanted one of those that git has under these names, such as `HEAD:./a`.
  mutating func first(among names: [String], where isWanted: ([UInt8]) -> Bool) -> [UInt8]? {
    var rest = blobs(named: names).filter { seen.insert($0.id).inserted }[...]
    // The first is the likeliest; each further look reads more.
    var most = 1
    while !rest.isEmpty {
      var bytes = 0
      let group = rest.prefix(most).prefix {
        bytes += $0.size
        return bytes <= Self.mostBytesAtOnce
      }
      for content in contents(of: group) where isWanted(content) { return content }
      rest = rest.dropFirst(group.count)
      most *= 4
    }
    return nil
  }

  private struct Blob {
    var id: String
    var size: Int
  }

  /// The files among what has these names.
  private func blobs(named names: [String]) -> [Blob] {
    var found: [Blob] = []
    var rest = names[...]
    for _ in 0...Self.mostGaps where !rest.isEmpty {
      let most = rest.reduce(0) { $0 + $1.utf8.count + 200 }
      guard let answer = git.answer(to: ["cat-file", "--batch-check"], input: Array(rest), mostOutput: most, before: deadline) else { break }
      let lines = answer.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      found += lines.compactMap(Self.blob)
      if answer.isComplete { break }
      // Git ends at the first that it would have to fetch.
      rest = rest.dropFirst(lines.count + 1)
    }
    return found
  }

  /// A line such as `257cc56… blob 42`.
  private static func blob(_ line: ArraySlice<UInt8>) -> Blob? {
    let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, words[1] == "blob", let size = Int(words[2]), (0...mostBytes).contains(size) else { return nil }
    return Blob(id: words[0], size: size)
  }

  /// The bytes of each, as many as git can read.
  private func contents(of blobs: ArraySlice<Blob>) -> [[UInt8]] {
    let most = blobs.reduce(0) { $0 + $1.size + 200 }
    guard let answer = git.answer(to: ["cat-file", "--batch"], input: blobs.map(\.id), mostOutput: most, before: deadline) else { return [] }
    var rest = answer.output[...]
    var contents: [[UInt8]] = []
    for blob in blobs {
      let header = Array("\(blob.id) blob \(blob.size)\n".utf8)
      guard rest.starts(with: header), rest.count > header.count + blob.size else { break }
      contents.append(Array(rest.dropFirst(header.count).prefix(blob.size)))
      rest = rest.dropFirst(header.count + blob.size + 1)
    }
    return contents
  }
}
