import Disk
import FileTree
import Foundation
import Testing

struct DiskTreeTests {
  let folder: TemporaryFolder
  let outside: TemporaryFolder
  let tree: DiskTree

  init() throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    tree = try DiskTree(root: folder.path)
  }

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  @Test func followsNoSymlink() throws {
    try "secret".write(toFile: outside.path + "/f", atomically: false, encoding: .utf8)
    symlink(outside.path, folder.path + "/way")
    symlink("../f", folder.path + "/link")
    let below = try path("way/f")
    #expect(try tree.observe(path("link")) == .symlink(target: Array("../f".utf8)))
    #expect(try tree.stream(path("link")) { _ in } == .symlink(target: Array("../f".utf8)))
    #expect(try tree.observe(below) == .blocked(by: .symlink, at: path("way")))
    #expect(throws: TreeError.self) { try tree.read(below) }
    #expect(throws: TreeError.self) { try tree.remove(below) }
    #expect(throws: TreeError.self) { try tree.create(path("way/new"), .bytes([1]), mode: .plain) }
    symlink(outside.path + "/new", folder.path + "/out")
    #expect(throws: TreeError.self) { try tree.create(path("out"), .bytes([1]), mode: .plain) }
    #expect(throws: TreeError.self) { try tree.makeFolder(path("way/new")) }
    #expect(throws: TreeError.self) { try tree.makeFolder(path("way")) }
    #expect(throws: TreeError.self) { try tree.entries(under: path("way")) }
    #expect(try tree.entries(under: nil).map(\.kind) == [.symlink, .symlink, .symlink])
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["f"])
  }

  @Test func aSymlinkSwappedInDoesNotLeadOut() throws {
    _ = try tree.makeFolder(path("d"))
    #expect(try tree.observe(path("d/x")) == .absent)
    #expect(rename(folder.path + "/d", folder.path + "/moved") == 0)
    #expect(symlink(outside.path, folder.path + "/d") == 0)
    try? tree.create(path("d/x"), .bytes([1]), mode: .plain)
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
  }

  @Test func permissionsIgnoreTheUmask() throws {
    let before = umask(0o077)
    defer { umask(before) }
    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
    }
    try tree.create(path("plain"), .bytes([]), mode: .plain)
    try tree.create(path("run"), .bytes([]), mode: .executable)
    chmod(folder.path + "/plain", 0o640)
    try tree.create(path("like"), .bytes([]), mode: .like(path("plain")))
    _ = try tree.makeFolder(path("folder"))
    #expect(try [mode("plain"), mode("run"), mode("like"), mode("folder")] == [0o640, 0o755, 0o640, 0o755])
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func theOwnerOfAFileThatIsReplacedStays() throws {
    try tree.create(path("theirs"), .bytes([]), mode: .plain)
    #expect(chown(folder.path + "/theirs", 65534, 65534) == 0)
    try tree.create(path("new"), .bytes([]), mode: .like(path("theirs")))
    var info = stat()
    #expect(lstat(folder.path + "/new", &info) == 0 && (info.st_uid, info.st_gid) == (65534, 65534))
  }

  @Test func showsNamesThatNoPathMayHave() throws {
    for name in ["a\nb", "back\\slash"] { #expect(FileManager.default.createFile(atPath: folder.path + "/" + name, contents: nil)) }
    let descriptor = open(folder.path + "/bad\u{1}", O_CREAT | O_WRONLY, 0o644)
    close(descriptor)
    let entries = try tree.entries(under: nil)
    #expect(entries.map(\.path.text) == ["a%0Ab", "back%5Cslash", "bad%01"])
    #expect(entries.allSatisfy { $0.kind == .other })
  }

  @Test func aPipeIsNotWaitedFor() throws {
    #expect(mkfifo(folder.path + "/pipe", 0o644) == 0)
    #expect(try tree.observe(path("pipe")) == .other)
    #expect(try tree.stream(path("pipe")) { _ in } == .other)
    #expect(throws: TreeError.self) { try tree.read(path("pipe")) }
  }

  @Test func largeFilesComeInPieces() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try tree.create(path("big"), .bytes(bytes), mode: .plain)
    var (seen, largest): ([UInt8], Int) = ([], 0)
    let observed = try tree.stream(path("big")) {
      seen += $0
      largest = max(largest, $0.count)
    }
    #expect(observed == .file(size: bytes.count, isExecutable: false))
    #expect(seen == bytes && largest <= 1 << 20)
    try tree.create(path("copy"), .copy(of: path("big"), in: tree), mode: .plain)
    #expect(try tree.read(path("copy")) == bytes)
  }

  @Test func aFailedCopyLeavesNothing() throws {
    #expect(throws: TreeError.self) { try tree.create(path("copy"), .copy(of: path("none"), in: tree), mode: .plain) }
    #expect(try tree.observe(path("copy")) == .absent)
  }

  @Test func worksFromSeveralThreads() async throws {
    for index in 0..<40 {
      _ = try tree.makeFolder(path("d\(index % 7)"))
      try tree.create(path("d\(index % 7)/f\(index)"), .bytes([UInt8(index)]), mode: .plain)
    }
    let tree = tree
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for round in 0..<400 {
            let index = (round * 7 + task) % 40
            let path = try #require(TreePath("d\(index % 7)/f\(index)"))
            #expect(try tree.read(path) == [UInt8(index)])
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func aMissingRootIsAnError() {
    #expect(throws: TreeError(path: nil, reason: "No such file or directory", isAbsent: true)) { try DiskTree(root: folder.path + "/none") }
  }
}
