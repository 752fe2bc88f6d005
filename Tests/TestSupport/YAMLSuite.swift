import Foundation

/// The cases of yaml-test-suite, which lies beside the checkout where there is one.
package enum YAMLSuite {
  package struct Case: Sendable {
    /// Such as `229Q` or `2G84/01`.
    package var id: String
    package var input: [UInt8]
    /// Lines of the suite's own notation.
    package var events: [String]
    /// Whether the suite says that it must be refused.
    package var isError: Bool
  }

  /// By id; nil when the suite is not there.
  package static let cases: [Case]? = sharedDirectory("testdata/yaml-test-suite").map { directory in
    let root = URL(fileURLWithPath: directory)
    let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix("/in.yaml") }.sorted().compactMap { read($0.dropLast("/in.yaml".count), in: root) }
  }

  private static func read(_ id: Substring, in root: URL) -> Case? {
    let folder = root.appendingPathComponent(String(id))
    let files = FileManager.default
    guard let input = files.contents(atPath: folder.appendingPathComponent("in.yaml").path),
      let events = files.contents(atPath: folder.appendingPathComponent("test.event").path)
    else { return nil }
    return Case(
      id: String(id), input: [UInt8](input), events: String(decoding: events, as: UTF8.self).split(separator: "\n").map(String.init),
      isError: files.fileExists(atPath: folder.appendingPathComponent("error").path))
  }
}
