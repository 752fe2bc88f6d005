import Applying
import Diagnostics
import FileTree
import Planning
import Testing

/// What the next run makes of the state that one left which did not come to its end.
struct RecoveryTests {
  private typealias R = Repository

  private let journal = TreePath(known: ".aiwg/state/journal")

  /// Trees as a run leaves them that is killed before each of its writes, with an update, a delete, a new file and a block in its plan.
  private func killed() throws -> (old: MemoryTree, left: [MemoryTree]) {
    let repository = try R(.memory, ["A.md": "mine\n"])
    try repository.deploy([R.file("d/update", "1"), R.file("d/gone", "1"), R.block("A.md", "1\n")])
    let old = try #require(repository.tree as? MemoryTree)
    let plan = try repository.plan([R.file("d/update", "2"), R.file("new/file", "2"), R.block("A.md", "2\n")])
    var left: [MemoryTree] = []
    for write in 1...100 {
      var tree = FailingTree(old, failing: write...Int.max)
      do throws(ApplyError) { _ = try apply(plan, to: &tree, run: Run(processID: 7)) } catch { left.append(tree.base) }
      if tree.writes < write { break }
    }
    return (old, left)
  }

  private func pending() throws -> (old: MemoryTree, left: [MemoryTree]) {
    let (old, left) = try killed()
    let pending = try left.filter { try $0.observe(journal) != .absent }
    #expect(pending.count > 5)
    return (old, pending)
  }

  @Test func sayWhoItWas() throws {
    for tree in try pending().left { #expect(try PendingRun(in: tree) == .unfinished(processID: 7)) }
  }

  @Test func aDamagedJournalIsActedOnByNobody() throws {
    var random = SystemRandomNumberGenerator()
    for tree in try pending().left {
      let whole = try tree.read(journal)
      var damaged = (0..<whole.count).map { Array(whole[..<$0]) }
      for _ in 0..<300 {
        var bytes = whole
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        damaged.append(bytes)
      }
      for bytes in damaged {
        var tree = tree
        tree.nodes[journal]?.bytes = bytes
        let before = tree.nodes
        guard case .damaged(let finding) = try recover(&tree).run else {
          Issue.record("read: \(String(decoding: bytes, as: UTF8.self))")
          continue
        }
        #expect(finding.id == "run/damaged-journal" && finding.help != nil)
        #expect(tree.nodes == before)
      }
    }
  }

  /// What was displaced may be nowhere else, so that it must not go with the copies.
  @Test func withoutItsJournalNothingThatWasStagedGoes() throws {
    let folder = TreePath(known: ".aiwg/state/staged")
    var kept = 0
    for tree in try pending().left {
      var tree = tree
      tree.nodes[journal] = nil
      let before = tree.nodes
      // Until the first file moves, all that is staged are copies.
      guard try tree.observe(TreePath(known: ".aiwg/state/staging")) == .absent, try !tree.names(in: folder).isEmpty else { continue }
      let recovered = try recover(&tree)
      kept += 1
      guard case .damaged(let finding) = recovered.run else {
        Issue.record("\(recovered)")
        continue
      }
      #expect(finding.id == "run/no-journal" && finding.help != nil)
      #expect(tree.nodes == before)
    }
    #expect(kept > 5)
  }

  @Test func aDamagedJournalStillSaysWhatMayBeWhere() throws {
    let tree = try #require(try pending().left.first)
    var damaged = tree
    damaged.nodes[journal]?.bytes.removeLast(3)
    guard case .damaged(let finding) = try PendingRun(in: damaged) else { throw Missing() }
    #expect(finding.notes.contains { $0.hasSuffix("may be what stood at `d/gone`") })
    #expect(!finding.notes.contains { $0.contains("new/file") })
  }

  private struct Missing: Error {}

  /// It would name other things, and say how to undo them in other words.
  @Test func aJournalOfANewerVersionIsLeftToANewerOne() throws {
    for tree in try pending().left {
      var tree = tree
      let lines = String(decoding: try tree.read(journal), as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
      let text = "# aiwg journal \(StateFolder.journalVersion + 1)\nanother thing\n" + lines.map { $0 + "\n" }.joined()
      tree.nodes[journal]?.bytes = Array("\(text)end \(Digest(of: Array(text.utf8)))\n".utf8)
      let before = tree.nodes
      guard case .damaged(let finding) = try recover(&tree).run else { throw Missing() }
      #expect(finding.id == "run/newer-journal" && finding.help?.contains("with the aiwg that began it, or a newer one") == true)
      #expect(tree.nodes == before)
    }
  }

  /// A journal that came with a copy of the tree, or that somebody wrote, speaks of files that no run of aiwg made there.
  @Test func aJournalFromElsewhereTouchesNothingOfTheUsers() throws {
    for tree in try pending().left {
      let users: [TreePath: MemoryTree.Node] = tree.nodes.filter { !$0.key.text.hasPrefix(".aiwg/") }
      var copy = MemoryTree()
      for (path, node) in tree.nodes {
        for folder in path.ancestors.reversed() { _ = try copy.makeFolder(folder) }
        if node.kind == .file, try copy.observe(path) == .absent { try copy.create(path, .bytes(node.bytes), mode: .plain) }
      }
      // Numbers that nothing of the original has.
      for path in copy.nodes.keys { copy.nodes[path]?.number += 1000 }
      _ = try recover(&copy)
      for (path, node) in users where node.kind == .file { #expect(try copy.read(path) == node.bytes, "\(path)") }
      #expect(try PendingRun(in: copy) == .none)
    }
  }

  @Test(arguments: [".git/hooks/post-commit", "../outside", "/etc/passwd", "src/main.c", "planted.sh"])
  func aWrittenJournalDeletesNothing(place: String) throws {
    var tree = MemoryTree()
    for folder in ["src", ".aiwg", ".aiwg/state", ".aiwg/state/staged"] { _ = try tree.makeFolder(R.path(folder)) }
    let source = try R.path("src/main.c")
    try tree.create(source, .bytes(Array("int main".utf8)), mode: .plain)
    try tree.create(R.path(".aiwg/state/staged/0"), .bytes(Array("evil".utf8)), mode: .plain)
    let (main, evil) = (Digest(of: Array("int main".utf8)), Digest(of: Array("evil".utf8)))
    for step in ["- f\(main) 1:99", "f\(evil) f\(main) 1:99", "f\(evil) - 1:99", "f\(main) f\(evil) -", "- f\(main) -"] {
      var tree = tree
      let text = "# aiwg journal 1\nprocess 1\nstep \(step) \(place)\nvia .aiwg/state/staged/0\n"
      try tree.create(journal, .bytes(Array((text + "end \(Digest(of: Array(text.utf8)))\n").utf8)), mode: .plain)
      _ = try recover(&tree)
      #expect(try tree.read(source) == Array("int main".utf8), "\(step)")
      // What a run took away comes back, to a place where nothing is.
      let allowed = step.hasSuffix("1:99") && step.contains(" - ") ? ["src", ".aiwg", "planted.sh"] : ["src", ".aiwg"]
      #expect(try tree.entries(under: nil).allSatisfy { entry in allowed.contains { entry.path.text.hasPrefix($0) } }, "\(step)")
    }
  }

  /// Even with the right identity, nothing of version control is touched, and nothing but a run's own files goes.
  @Test(arguments: [
    ("a", "src/main.c"), ("a", "src/.aiwg"), (".git/hooks/x", ".aiwg/state/staged/0"), ("a/.GIT/x", ".aiwg/state/staged/0"), ("a", ".git/.aiwg-t-0"),
  ])
  func aJournalOfOtherThingsThanARunMovesIsDamaged(place: String, via: String) throws {
    var tree = MemoryTree()
    for folder in ["src", ".git", ".git/hooks", ".aiwg", ".aiwg/state", ".aiwg/state/staged"] { _ = try tree.makeFolder(R.path(folder)) }
    for file in ["src/main.c", "src/.aiwg", ".aiwg/state/staged/0", ".git/.aiwg-t-0"] {
      try tree.create(R.path(file), .bytes(Array("mine".utf8)), mode: .plain)
    }
    let identity = try #require(try tree.identity(of: R.path(via)))
    let digest = Digest(of: Array("mine".utf8))
    for step in ["- f\(digest)", "f\(digest) -"] {
      var tree = tree
      let text = "# aiwg journal 1\nprocess 1\nstep \(step) \(identity.device):\(identity.number) \(place)\nvia \(via)\n"
      try tree.create(journal, .bytes(Array((text + "end \(Digest(of: Array(text.utf8)))\n").utf8)), mode: .plain)
      let before = tree.nodes
      guard case .damaged = try recover(&tree).run else {
        Issue.record("acted on: \(text)")
        continue
      }
      #expect(tree.nodes == before)
    }
  }

  /// Whoever edits, deletes or replaces a file between the run that was killed and the next one finds it as they left it.
  @Test(arguments: ["d/update", "d/gone", "new/file", "A.md"])
  func whatTheUserDidSinceStays(place: String) throws {
    let path = try R.path(place)
    let mine = Array("the user's own".utf8)
    let (old, pending) = try pending()
    for left in pending {
      for (name, act) in [
        ("in place", { $0.nodes[path]?.bytes = mine }), ("anew", { $0.nodes[path] = MemoryTree.Node(bytes: mine) }),
      ] as [(String, (inout MemoryTree) -> Void)] {
        var tree = left
        guard try name == "anew" || tree.observe(path) != .absent else { continue }
        if place.hasPrefix("new/"), try tree.observe(R.path("new")) != .directory { continue }
        act(&tree)
        let recovered = try recover(&tree)
        #expect(recovered.problems.isEmpty)
        #expect(try tree.read(path) == mine, "\(name)")
        // What the run had not touched yet is the user's to overwrite.
        guard try left.read(R.path("A.md")) != old.read(R.path("A.md")) else { continue }
        let isThere = tree.nodes.values.contains { $0.bytes.starts(with: Array("mine\n".utf8)) }
        #expect(isThere, "what stood in A.md is there or saved")
        #expect(try PendingRun(in: tree) == .none)
      }
      var tree = left
      guard try tree.observe(path) != .absent, try left.read(R.path("A.md")) != old.read(R.path("A.md")) else { continue }
      try tree.remove(path)
      #expect(try recover(&tree).problems.isEmpty)
      #expect(tree.nodes.values.contains { $0.bytes.starts(with: Array("mine\n".utf8)) })
    }
  }

  /// Devices get their numbers when the machine starts, files keep theirs.
  @Test func devicesThatAreNumberedAnewHinderNothing() throws {
    let (old, pending) = try pending()
    for left in pending {
      var tree = FailingTree(left)
      tree.firstDevice = 7
      let recovered = try recover(&tree)
      #expect(recovered.problems.isEmpty && recovered.leftAlone.isEmpty && recovered.saved.isEmpty)
      #expect(try R.picture(tree) == R.picture(old))
    }
  }

  /// A checkout of another branch may take the folder of an output away before the next run.
  @Test(arguments: ["d", "new"])
  func aFolderThatIsGoneSinceHoldsNobodyUp(folder: String) throws {
    let folder = try R.path(folder)
    let (old, pending) = try pending()
    for left in pending {
      var tree = left
      for path in left.nodes.keys where path.isInside(folder) { tree.nodes[path] = nil }
      let recovered = try recover(&tree)
      #expect(recovered.problems.isEmpty)
      #expect(try PendingRun(in: tree) == .none)
      #expect(try tree.read(R.path("A.md")) == old.read(R.path("A.md")))
      // What the run had taken out of that folder is nowhere else.
      for (path, node) in old.nodes where path.isInside(folder) && node.kind == .file {
        let wasThere = left.nodes.contains { $0.value.bytes == node.bytes && !$0.key.isInside(folder) }
        #expect(!wasThere || tree.nodes.values.contains { $0.bytes == node.bytes }, "\(path)")
      }
    }
  }

  /// With nothing pending, a look costs no write.
  @Test func recoveringFromNothingWritesNothing() throws {
    let repository = try R(.memory, ["A.md": "mine\n", ".aiwg/rules/x.md": "x", ".aiwg/state/saved/index": "", ".aiwg/state/.gitignore": "*\n"])
    var tree = FailingTree(try #require(repository.tree as? MemoryTree))
    #expect(try recover(&tree) == Recovered(run: .none))
    #expect(tree.writes == 0)
  }
}

extension Recovered {
  fileprivate init(run: PendingRun) {
    var tree = MemoryTree()
    guard let nothing = try? recover(&tree) else { preconditionFailure("an empty tree can be read") }
    self = nothing
    self.run = run
  }
}
