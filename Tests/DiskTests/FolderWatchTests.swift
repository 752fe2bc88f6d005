import Disk
import Foundation
import Testing

/// A watch is told of what people do with files, and looks by itself where it may name no more of them to the system.
struct FolderWatchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["rules/deep", "rules/other"] {
      try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
    }
    try put("rules/one.md", "one")
    try put("rules/deep/two.md", "two")
    try put("aiwg.yaml", "x")
    try put("README.md", "x")
  }

  private var watched: [WatchedFolder] { [WatchedFolder(folder.path + "/rules"), WatchedFolder(folder.path, only: ["aiwg.yaml"])] }

  private func put(_ path: String, _ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + path)) }

  private func append(_ path: String, _ text: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: folder.path + "/" + path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  /// What changes, by the watch's own account, when somebody does something; nobody waits for more than some seconds.
  private func changes(_ watch: FolderWatch, _ before: inout FileStamps, _ act: () throws -> Void) throws -> [String] {
    try act()
    let end = Date() + 5
    repeat {
      watch.wait(atMost: 5)
      watch.settle { watch.look(at: watched) }
      let now = watch.look(at: watched)
      let found = now.changes(since: before)
      before = now
      if !found.isEmpty { return found.map { String($0.dropFirst(folder.path.count + 1)) } }
    } while Date() < end
    return []
  }

  /// - Parameter interval: nil is told.
  @Test(arguments: [nil, 0.1]) func whatPeopleDoIsSeen(_ interval: Double?) throws {
    let watch = FolderWatch(lookingEvery: interval)
    var last = watch.look(at: watched)
    #expect(watch.reasonToPoll == nil)
    let path = folder.path
    #expect(try changes(watch, &last) { try append("rules/one.md", "!") } == ["rules/one.md"])
    #expect(try changes(watch, &last) { try append("rules/deep/two.md", "!") } == ["rules/deep/two.md"])
    #expect(
      try changes(watch, &last) {
        try put("rules/deep/.tmp", "new")
        rename(path + "/rules/deep/.tmp", path + "/rules/deep/two.md")
      } == ["rules/deep/two.md"])
    // The file that stands there by now is watched as well.
    #expect(try changes(watch, &last) { try append("rules/deep/two.md", "!") } == ["rules/deep/two.md"])
    #expect(
      try changes(watch, &last) {
        try FileManager.default.createDirectory(atPath: path + "/rules/new", withIntermediateDirectories: false)
        try put("rules/new/three.md", "three")
      } == ["rules/new/three.md"])
    #expect(try changes(watch, &last) { try append("rules/new/three.md", "!") } == ["rules/new/three.md"])
    #expect(try changes(watch, &last) { try FileManager.default.removeItem(atPath: path + "/rules/new") } == ["rules/new/three.md"])
    #expect(try changes(watch, &last) { try append("aiwg.yaml", "!") } == ["aiwg.yaml"])
    #expect(
      try changes(watch, &last) { rename(path + "/rules", path + "/away") } == ["rules/deep/two.md", "rules/one.md"])
    #expect(
      try changes(watch, &last) { rename(path + "/away", path + "/rules") } == ["rules/deep/two.md", "rules/one.md"])
  }

  /// Where every file has to be named, there is an end to that.
  @Test func beyondItsRoomItLooksByItself() throws {
    let roomy = FolderWatch(room: 100)
    _ = roomy.look(at: watched)
    #expect(roomy.reasonToPoll == nil && roomy.interval == nil)
    let watch = FolderWatch(room: 2)
    let before = watch.look(at: watched)
    #expect(watch.reasonToPoll == "there are more files than the system watches for one program")
    #expect(watch.interval == 2)
    try append("rules/one.md", "!")
    #expect(watch.look(at: watched).changes(since: before) == [folder.path + "/rules/one.md"])
  }
}
