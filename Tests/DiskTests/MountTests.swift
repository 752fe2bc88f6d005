import Disk
import FileTree
import Foundation
import Testing

/// Folders elsewhere that lie in a tree.
struct MountTests {
  let folder: TemporaryFolder
  let outside: TemporaryFolder
  let tree: DiskTree

  init() throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    tree = try DiskTree(root: folder.path)
    try FileManager.default.createDirectory(atPath: outside.path + "/a/deep", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: outside.path + "/b", withIntermediateDirectories: true)
  }

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  @Test func whatIsInThemIsInTheTree() throws {
    try tree.mount(outside.path, at: path("~"))
    let file = try path("~/a/f")
    try tree.create(file, .bytes([1]), mode: .plain)
    #expect(FileManager.default.contents(atPath: outside.path + "/a/f") == Data([1]))
    #expect(try tree.read(file) == [1])
    #expect(try tree.observe(path("~")) == .directory)
    #expect(try tree.entries(under: path("~/a")).map(\.path.text) == ["~/a/deep", "~/a/f"])
    // From here and back, in one step.
    try tree.create(path("staged"), .bytes([2]), mode: .plain)
    #expect(try tree.exchange(path("staged"), file))
    #expect(try tree.read(file) == [2])
    #expect(try tree.read(path("staged")) == [1])
    try tree.sync(path("~"))
    try tree.syncFileSystem(of: path("~"))
    #expect(try tree.identity(of: path("~/a"))?.device == tree.identity(of: path("~"))?.device)
    // A walk of the tree itself does not go there.
    #expect(try tree.entries(under: nil).map(\.path.text) == ["staged"])
  }

  @Test func aLinkToOneIsFollowedOnceAndNoOther() throws {
    symlink("a", outside.path + "/link")
    try tree.mount(outside.path, at: path("~"))
    #expect(try tree.observe(path("~/link/f")) == .blocked(by: .symlink, at: path("~/link")))
    try tree.mount(outside.path + "/link", at: path("~/link"))
    #expect(try tree.observe(path("~/link")) == .directory)
    try tree.create(path("~/link/f"), .bytes([1]), mode: .plain)
    #expect(FileManager.default.fileExists(atPath: outside.path + "/a/f"))
    // What becomes of the link later does not matter: the folder is open.
    unlink(outside.path + "/link")
    symlink("b", outside.path + "/link")
    try tree.create(path("~/link/g"), .bytes([1]), mode: .plain)
    #expect(FileManager.default.fileExists(atPath: outside.path + "/a/g"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path + "/b").isEmpty)
    // Links in it lead nowhere.
    symlink("../b", outside.path + "/a/out")
    #expect(try tree.observe(path("~/link/out/f")) == .blocked(by: .symlink, at: path("~/link/out")))
  }

  @Test func oneIsNeitherMadeNorRemoved() throws {
    try tree.mount(outside.path, at: path("~"))
    try tree.mount(outside.path + "/b", at: path("~/b"))
    #expect(try !tree.makeFolder(path("~/b")))
    #expect(try !tree.removeFolder(path("~/b")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).sorted() == ["a", "b"])
    #expect(throws: TreeError.self) { try tree.mount(outside.path + "/none", at: path("~/none")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func newFoldersGoUnlessTheyAreUsed() throws {
    let file = outside.path + "/new/one/two"
    do {
      let made = try NewFolders(file)
      #expect(FileManager.default.fileExists(atPath: file))
      withExtendedLifetime(made) {}
    }
    #expect(!FileManager.default.fileExists(atPath: outside.path + "/new"))
    do {
      let made = try NewFolders(file)
      #expect(FileManager.default.createFile(atPath: outside.path + "/new/one/mine", contents: nil))
      withExtendedLifetime(made) {}
    }
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(FileManager.default.fileExists(atPath: outside.path + "/new/one/mine"))
    #expect(throws: TreeError.self) { try NewFolders(outside.path + "/new/one/mine/x") }
  }
}
