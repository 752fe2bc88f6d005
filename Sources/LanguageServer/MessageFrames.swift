package import JSON

/// The messages in a stream of bytes, each behind a head that says how long it is, as the Language Server Protocol frames JSON-RPC.
///
/// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
package struct MessageFrames {
  /// A stream that cannot be read any further.
  package struct Broken: Error, Hashable, Sendable {
    /// In words.
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// No message of an editor is longer, and what claims to be is not waited for.
  private static let mostBytes = 64 << 20
  private static let mostHeadBytes = 4 << 10
  private static let headEnd = Array("\r\n\r\n".utf8)

  private var buffer: [UInt8] = []

  package init() {}

  /// Takes what was read.
  package mutating func add(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The next whole message; nil when more has to be read.
  package mutating func next() throws(Broken) -> [UInt8]? {
    guard let end = buffer.firstRange(of: Self.headEnd) else {
      guard buffer.count <= Self.mostHeadBytes else { throw Broken(reason: "a head without an end") }
      return nil
    }
    let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let length = lines.lazy.compactMap { line -> Int? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].drop { $0 == " " })
    }.first
    guard let length, length >= 0 else { throw Broken(reason: "a head without a length") }
    guard length <= Self.mostBytes else { throw Broken(reason: "a message of \(length) bytes") }
    guard buffer.count - end.upperBound >= length else { return nil }
    let message = Array(buffer[end.upperBound..<end.upperBound + length])
    buffer.removeSubrange(..<(end.upperBound + length))
    return message
  }
}

/// A message with its head.
package func framed(_ message: JSONValue) -> String {
  let text = message.text
  return "Content-Length: \(text.utf8.count)\r\n\r\n\(text)"
}
