import Disk
import FileTree
import Testing

/// What every tree promises, tried on both kinds.
struct TreeConformanceTests {
  enum Subject: CaseIterable { case memory, disk }

  /// Runs the same session on a tree of one kind.
  private func with(_ subject: Subject, _ session: (inout any WritableTree) throws -> Void) throws {
    switch subject {
    case .memory:
      var tree: any WritableTree = MemoryTree()
      try session(&tree)
    case .disk:
      let folder = try TemporaryFolder()
      var tree: any WritableTree = try DiskTree(root: folder.path)
      try session(&tree)
    }
  }

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }
  private func content(_ text: String) -> Content { .bytes(Array(text.utf8)) }

  @Test(arguments: Subject.allCases)
  func createsReadsObserves(subject: Subject) throws {
    try with(subject) { tree in
      let (folder, file) = try (path("a"), path("a/b.md"))
      #expect(try tree.makeFolder(folder))
      #expect(try !tree.makeFolder(folder))
      try tree.create(file, content("hello"), mode: .executable)
      #expect(try tree.read(file) == Array("hello".utf8))
      #expect(try tree.observe(file) == .file(size: 5, isExecutable: true))
      #expect(try tree.observe(folder) == .directory)
      #expect(try tree.observe(path("a/none")) == .absent)
      #expect(try tree.observe(path("none/none")) == .absent)
      #expect(try tree.observe(path("a/b.md/c")) == .blocked(by: .file, at: file))
      var seen: [UInt8] = []
      #expect(try tree.stream(file) { seen += $0 } == .file(size: 5, isExecutable: true))
      #expect(seen == Array("hello".utf8))
      #expect(throws: TreeError(path: file, reason: "File exists")) { try tree.create(file, content("x"), mode: .plain) }
      #expect(try tree.read(file) == Array("hello".utf8))
    }
  }

  @Test(arguments: Subject.allCases)
  func movingNeverClobbers(subject: Subject) throws {
    try with(subject) { tree in
      let (staged, place) = try (path(".staged"), path("place"))
      try tree.create(staged, content("new"), mode: .plain)
      try tree.create(place, content("old"), mode: .plain)
      #expect(throws: TreeError.self) { try tree.move(staged, to: place) }
      #expect(try tree.read(place) == Array("old".utf8))
      try tree.replace(place, with: staged)
      #expect(try tree.read(place) == Array("new".utf8))
      #expect(try tree.observe(staged) == .absent)
      try tree.create(staged, content("third"), mode: .like(place))
      try tree.remove(place)
      try tree.move(staged, to: place)
      #expect(try tree.entries(under: nil).map(\.path.text) == ["place"])
    }
  }

  @Test(arguments: Subject.allCases)
  func linksAreSecondNames(subject: Subject) throws {
    try with(subject) { tree in
      let (first, second) = try (path("first"), path("d/second"))
      _ = try tree.makeFolder(path("d"))
      try tree.create(first, content("1"), mode: .plain)
      try tree.link(first, as: second)
      try tree.remove(first)
      #expect(try tree.read(second) == Array("1".utf8))
      #expect(try !tree.removeFolder(path("d")))
      try tree.remove(second)
      #expect(try tree.observe(path("d")) == .directory)
      #expect(try tree.removeFolder(path("d")))
      #expect(try tree.observe(path("d")) == .absent)
      #expect(try !tree.removeFolder(path("d")))
    }
  }

  @Test(arguments: Subject.allCases)
  func listsInByteOrderAndStaysOutOfGit(subject: Subject) throws {
    try with(subject) { tree in
      for folder in ["a", "a-b", ".git", "a/.git"] { _ = try tree.makeFolder(path(folder)) }
      for file in ["a/c", "a-b/x", "B", ".git/config", "a/.git/config", "é"] { try tree.create(path(file), content("1"), mode: .plain) }
      let all = try tree.entries(under: nil)
      #expect(all.map(\.path.text) == [".git", "B", "a", "a-b", "a-b/x", "a/.git", "a/c", "é"])
      #expect(all.map(\.kind) == [.directory, .file, .directory, .directory, .file, .directory, .file, .file])
      #expect(try tree.entries(under: path("a")).map(\.path.text) == ["a/.git", "a/c"])
      #expect(try tree.entries(under: path(".git")).map(\.path.text) == [".git/config"])
      #expect(try tree.entries(under: path("none")).isEmpty)
    }
  }

  @Test(arguments: Subject.allCases)
  func saysWhatIsMissing(subject: Subject) throws {
    try with(subject) { tree in
      let lost = try path("none/file")
      #expect(throws: TreeError(path: lost, reason: "No such file or directory", isAbsent: true)) { try tree.read(lost) }
      #expect(throws: TreeError(path: try path("none"), reason: "No such file or directory", isAbsent: true)) {
        try tree.create(lost, content("x"), mode: .plain)
      }
      _ = try tree.makeFolder(path("d"))
      #expect(throws: TreeError(inTheWay: .directory, at: try path("d"), isOnTheWay: false)) { try tree.read(path("d")) }
      #expect(throws: TreeError.self) { try tree.remove(path("d")) }
    }
  }

  @Test(arguments: Subject.allCases)
  func removesFoldersUnderItsFeet(subject: Subject) throws {
    try with(subject) { tree in
      for round in 0..<3 {
        for folder in ["x", "x/y", "x/y/z"] { #expect(try tree.makeFolder(path(folder))) }
        try tree.create(path("x/y/z/f"), content("\(round)"), mode: .plain)
        #expect(try tree.read(path("x/y/z/f")) == Array("\(round)".utf8))
        try tree.remove(path("x/y/z/f"))
        for folder in ["x/y/z", "x/y", "x"] { #expect(try tree.removeFolder(path(folder))) }
        #expect(try tree.observe(path("x/y/z/f")) == .absent)
      }
    }
  }
}
