import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport

/// A tree laid out and rendered.
struct Rendered {
  let tree: ContextTree
  let layout: Layout
  let rendering: Rendering

  init(
    _ tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings = Surroundings()
  ) {
    self.tree = tree
    layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: surroundings)
    rendering = Renderer(of: tree, in: catalog).render(layout)
  }

  /// From an archive, over the shipped catalog.
  init(_ txtar: String, for selected: [String], overlay: String? = nil, locale: String? = nil) throws {
    let catalog = try shippedCatalog(overlay: overlay)
    self.init(try artifacts(txtar, catalog: catalog, locale: locale), for: selected, in: catalog)
  }

  /// By path: the text of the output; empty for copies.
  var texts: [String: String] {
    Dictionary(rendering.desired.outputs.map { ($0.path.text, $0.isCopy ? "" : String(decoding: (try? $0.bytes()) ?? [], as: UTF8.self)) }) {
      first, _ in
      first
    }
  }

  /// As `field: reason`, of one artifact on one platform.
  func losses(_ platform: String, _ artifact: String) -> [String] {
    rendering.losses.filter { $0.platform == platform && $0.artifact.description == artifact }.map { "\($0.field): \($0.reason)" }
  }
}

/// Runs Python over bytes; nil when it is not there, or lacks a module.
func python(_ script: String, _ input: Data) -> Data? {
  let process = Process()
  let (stdin, stdout) = (Pipe(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script]
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  DispatchQueue.global().async {
    try? stdin.fileHandleForWriting.write(contentsOf: input)
    try? stdin.fileHandleForWriting.close()
  }
  let output = stdout.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? output : nil
}
