import Applying
import FileTree
import Testing

/// Where the folders of a home were, beside the state.
struct HomeRootsTests {
  private let roots = [TreePath(known: ".acme"): "", TreePath(known: ".config/zebra"): "/elsewhere/zebra\twith a tab"]

  @Test func areReadAsTheyWereWritten() throws {
    var tree = MemoryTree([:])
    #expect(try HomeRoots.read(from: tree).isEmpty)
    try HomeRoots.write(roots, to: &tree)
    #expect(try HomeRoots.read(from: tree) == roots)
    let before = try tree.entries(under: nil).map(\.path)
    try HomeRoots.write(roots, to: &tree)
    #expect(try tree.entries(under: nil).map(\.path) == before)
    try HomeRoots.write([:], to: &tree)
    #expect(try HomeRoots.read(from: tree).isEmpty)
    try HomeRoots.write(roots, to: &tree)
    try HomeRoots.clear(in: &tree)
    #expect(try tree.entries(under: nil).isEmpty)
  }

  /// A run that is killed at any write leaves what was there before, or what was to be.
  @Test func areOneOrTheOther() throws {
    var before = MemoryTree([:])
    try HomeRoots.write(roots, to: &before)
    let new = [TreePath(known: ".other"): "/x"]
    for write in 1...20 {
      var tree = FailingTree(before, failing: write...Int.max)
      do throws(TreeError) { try HomeRoots.write(new, to: &tree) } catch { _ = error }
      var left = tree.base
      let found = try HomeRoots.read(from: left)
      #expect(found == roots || found == new)
      try HomeRoots.write(new, to: &left)
      #expect(try HomeRoots.read(from: left) == new)
    }
  }
}
