import Foundation
import TestSupport
import Testing

/// Bad input, and the exact words that the user reads.
///
/// A case is an archive: the files of a repository, an entry `args` with the arguments (`check` unless it is there), and an entry `stderr` with
/// what is expected, the exit code in its first line. `RECORD=1` in the environment records the last one and fails.
@Suite struct MessageTests {
  @Test(arguments: try cases())
  func message(_ name: String) throws {
    let path = "Tests/MessageTests/Cases/\(name).txtar"
    let text = try checkoutText(path)
    var archive = Txtar(text)
    let folder = try TemporaryFolder()
    for entry in archive.entries where !["args", "stderr"].contains(entry.path) {
      let file = folder.url.appendingPathComponent(entry.path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(entry.bytes).write(to: file)
    }
    let arguments = archive.entries.first { $0.path == "args" }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "check"
    let result = try Program.aiwg(arguments.split(whereSeparator: \.isWhitespace).map(String.init), in: folder.url)
    archive.entries.removeAll { $0.path == "stderr" }
    archive.entries.append(Txtar.Entry("stderr", "exit \(result.status)\n\(result.errors)".utf8))
    let comment = text.prefix(while: { $0 != "\n" })
    if let problem = differenceFromGolden("\(comment)\n\(archive.text)", at: path) { Issue.record("\(problem)") }
  }
}

private func cases() throws -> [String] {
  let folder = checkoutRoot().appendingPathComponent("Tests/MessageTests/Cases")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txtar") }.map { String($0.dropLast(6)) }.sorted()
}
