import Foundation
import TestSupport
import Testing

/// A repository with the files of a fixture, on a real disk.
struct Imported {
  let url: URL
  private let folder: TemporaryFolder
  /// By path: the files of the fixture.
  let original: [String: [UInt8]]

  init(_ fixture: String) throws {
    folder = try TemporaryFolder()
    url = folder.url
    var files: [String: [UInt8]] = [:]
    for entry in Txtar(try checkoutText("Tests/ImportTests/Platforms/\(fixture).txtar")).entries {
      let place = url.appendingPathComponent(entry.path)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      let bytes = entry.bytes
      try Data(bytes).write(to: place)
      if entry.flags.contains("run") { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path) }
      files[entry.path] = bytes
    }
    original = files
  }

  func aiwg(_ arguments: String...) throws -> Program.Result { try Program.aiwg(arguments, in: url) }

  func bytes(_ path: String) -> [UInt8]? { (try? Data(contentsOf: url.appendingPathComponent(path))).map { [UInt8]($0) } }

  func text(_ path: String) -> String { bytes(path).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// Every file but those of aiwg's state.
  func files() throws -> [String: [UInt8]] {
    guard let names = FileManager.default.enumerator(atPath: url.path) else { return [:] }
    var out: [String: [UInt8]] = [:]
    for case let name as String in names where !name.hasPrefix(".aiwg/state") { if let bytes = bytes(name), !isFolder(name) { out[name] = bytes } }
    return out
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// Every file that is not what it was is named, and with it every line that is not there as it was.
  func checkReport(_ report: String) throws {
    let lines = Set(report.components(separatedBy: "\n"))
    for (path, bytes) in original where self.bytes(path) != bytes {
      #expect(lines.contains { $0.hasPrefix(path) }, "\(path) changed, and the report does not name it")
    }
    let after = Set(try files().values.flatMap { String(decoding: $0, as: UTF8.self).components(separatedBy: .newlines) })
    for (path, bytes) in original where self.bytes(path) != bytes {
      for line in String(decoding: bytes, as: UTF8.self).components(separatedBy: .newlines) where !line.isEmpty && !after.contains(line) {
        // A line that loads another file is named by what it loaded.
        let loaded = line.hasPrefix("@") ? line.dropFirst().replacing("./", with: "") : "\u{0}"
        let isNamed = lines.contains { $0.hasPrefix("    the line that loads `\(loaded)`") }
        #expect(isNamed || lines.contains { $0.hasPrefix("    -" + line) }, "\(path) had `\(line)`, which is nowhere, and the report does not say so")
      }
    }
  }

  /// No line of prose is in more files that platforms read than before.
  func checkNothingIsTwice() throws {
    let before = counts(of: original)
    let after = counts(of: try files().filter { !$0.key.hasPrefix(".aiwg/") })
    for (line, count) in after where count > before[line, default: 0] {
      guard let old = before[line] else { continue }
      #expect(count <= old, "`\(line)` is in \(count) files, and was in \(old)")
    }
  }

  private func counts(of files: [String: [UInt8]]) -> [String: Int] {
    var out: [String: Int] = [:]
    for bytes in files.values {
      let lines = Set(String(decoding: bytes, as: UTF8.self).components(separatedBy: .newlines))
      for line in lines where line.count > 50 { out[line, default: 0] += 1 }
    }
    return out
  }

  /// Settings of one machine, and secrets, are in no canonical file.
  func checkNothingPrivateIsInTheTree() throws {
    let isPrivate = { (path: String) in
      [".local.", "settings", "mcp", ".env", "override", "config.toml"].contains { path.lowercased().contains($0) }
    }
    let secrets = original.filter { isPrivate($0.key) }.values.flatMap { String(decoding: $0, as: UTF8.self).components(separatedBy: "\n") }
    let tree = try files().filter { $0.key.hasPrefix(".aiwg/") }.values.map { String(decoding: $0, as: UTF8.self) }.joined()
    for line in secrets where line.count > 20 { #expect(!tree.contains(line), "`\(line)` is in the tree") }
    for (path, bytes) in original where isPrivate(path) { #expect(self.bytes(path) == bytes, "\(path) changed") }
  }
}
