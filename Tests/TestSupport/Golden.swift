package import Foundation

/// The root of the checkout.
package func checkoutRoot(file: String = #filePath) -> URL {
  URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// The text of a file of the checkout.
package func checkoutText(_ path: String) throws -> String {
  try String(contentsOf: checkoutRoot().appendingPathComponent(path), encoding: .utf8)
}

/// Compares a text with the one recorded at a path of the checkout.
///
/// With `RECORD=1` in the environment the text is recorded and the comparison fails all the same, so that no such run looks green.
/// - Returns: what is wrong, for a test to report; nil when nothing is.
package func differenceFromGolden(_ text: String, at path: String) -> String? {
  let file = checkoutRoot().appendingPathComponent(path)
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "recorded \(path): read it, then run again without RECORD"
    } catch {
      return "cannot record \(path): \(error)"
    }
  }
  guard let data = FileManager.default.contents(atPath: file.path) else { return "no golden at \(path): record it with RECORD=1" }
  let golden = String(decoding: data, as: UTF8.self)
  guard !golden.utf8.elementsEqual(text.utf8) else { return nil }
  return "differs from \(path):\n" + firstDifference(golden, text)
}

/// Whether a test for a platform is to run: `PLATFORM=x` in the environment leaves out all others.
package func isSelected(_ platform: String) -> Bool {
  ProcessInfo.processInfo.environment["PLATFORM"].map { $0.isEmpty || $0 == platform } ?? true
}

/// The first line that differs, with two lines before it.
package func firstDifference(_ old: String, _ new: String) -> String {
  let (before, after) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
  let index = zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(before.count, after.count)
  let context = before[max(0, index - 2)..<min(index, before.count)].map { "  " + $0 }
  let shown = { (lines: [String]) in lines.dropFirst(index).prefix(3) }
  return (["line \(index + 1):"] + context + shown(before).map { "- " + $0 } + shown(after).map { "+ " + $0 }).joined(separator: "\n")
}
