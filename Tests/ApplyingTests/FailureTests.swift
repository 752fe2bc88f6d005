import Applying
import Disk
import FileTree
import Foundation
import Planning
import Testing

/// Every write of a run fails once, and the tree is the old one; or fails for good, and the next run puts it right.
struct FailureTests {
  private typealias R = Repository

  /// A repository with an update, a delete, a new file, a block, a saved file and a symlink in its plan.
  private func scene() throws -> (before: MemoryTree, plan: Plan) {
    let repository = try R(.memory, ["user": "mine", "A.md": "mine", "deep/er/user": "mine"])
    try repository.deploy([R.file("d/update", "1"), R.file("d/gone/x", "0"), R.block("A.md", "1\n")])
    try repository.put("foreign", "precious")
    try repository.tree.createSymlink(R.path("link"), target: Array("user".utf8))
    let outputs = try [
      R.file("d/update", "2"), R.file("new/er/file", "2"), R.file("foreign", "2"), R.file("link", "2"), R.block("A.md", "2\n"),
      R.block("B.md", "2\n"),
    ]
    // Both locks change.
    let plan = try repository.plan(outputs, force: true, uncommitted: [R.path("d/update"), R.path("new/er/file")])
    return (try #require(repository.tree as? MemoryTree), plan)
  }

  private func tree(_ base: MemoryTree, failing: ClosedRange<Int>? = nil, swaps: Bool) -> FailingTree<MemoryTree> {
    var tree = FailingTree(base, failing: failing)
    tree.swaps = swaps
    return tree
  }

  private func attempt(_ plan: Plan, _ tree: inout FailingTree<MemoryTree>) -> Result<Outcome, ApplyError> {
    do throws(ApplyError) { return .success(try apply(plan, to: &tree, run: Run(token: "t"))) } catch { return .failure(error) }
  }

  @Test(arguments: [true, false])
  func eachFailedWriteLeavesTheOldTree(swaps: Bool) throws {
    let (before, plan) = try scene()
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run(token: "t"))
    let after = try R.picture(whole)
    #expect(whole.writes > 40)
    let old = try R.picture(before)
    var failures = 0
    for write in 1...whole.writes {
      var tree = tree(before, failing: write...write, swaps: swaps)
      switch attempt(plan, &tree) {
      case .success(let outcome):
        _ = try recover(&tree)
        #expect(try R.picture(tree) == after, "write \(write): \(outcome.leftBehind)")
      case .failure(let error):
        failures += 1
        #expect(error.leftBehind.isEmpty && error.saved.isEmpty, "write \(write)")
        let difference = try R.picture(tree).filter { !old.contains($0) }
        #expect(try R.picture(tree) == old, "write \(write): \(difference)")
        guard case .failed(let cause) = error.reason else {
          Issue.record("write \(write): \(error)")
          continue
        }
        #expect(cause.reason == "No space left on device")
      }
    }
    #expect(failures > 30)
  }

  /// The tree breaks for good at one write, and again at one write of each of the runs that recover.
  @Test(arguments: [true, false])
  func aTreeThatBreaksForGoodIsPutRightByTheNextRun(swaps: Bool) throws {
    let (before, plan) = try scene()
    let old = try R.picture(before)
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run(token: "t"))
    let after = try R.picture(whole)
    var recoveries = 0
    for write in 1...whole.writes {
      var tree = tree(before, failing: write...Int.max, swaps: swaps)
      _ = attempt(plan, &tree)
      let contents = Set(tree.base.nodes.values.map(\.bytes))
      #expect(contents.contains(Array("precious".utf8)) && contents.contains(Array("mine".utf8)), "write \(write)")
      for next in 1...60 {
        var again = self.tree(tree.base, failing: next...Int.max, swaps: swaps)
        _ = try recover(&again)
        if again.writes < next { break }
        recoveries += 1
        var last = self.tree(again.base, swaps: swaps)
        let recovered = try recover(&last)
        #expect(recovered.problems.isEmpty && recovered.saved.isEmpty && recovered.leftAlone.isEmpty, "writes \(write) and \(next)")
        let picture = try R.picture(last)
        let difference = picture.filter { !old.contains($0) } + old.filter { !picture.contains($0) }.map { "no " + $0 }
        #expect(difference.isEmpty || picture == after, "writes \(write) and \(next)")
        #expect(try PendingRun(in: last) == .none)
      }
    }
    #expect(recoveries > 200)
  }

  @Test func anInterruptedRunIsUndone() throws {
    let (before, plan) = try scene()
    let old = try R.picture(before)
    for step in 0..<10 {
      let left = Countdown(step)
      var tree = FailingTree(before)
      do throws(ApplyError) {
        _ = try apply(plan, to: &tree, run: Run(isInterrupted: { left.isOver() }))
        #expect(step > 7)
      } catch {
        #expect(error == ApplyError(.interrupted))
        #expect(try R.picture(tree) == old)
      }
    }
  }

  /// Whenever the user writes to a file that is about to be replaced or deleted, in place or by a new file, what they wrote is there in the end.
  @Test(arguments: ["d/update", "d/gone/x", "A.md", "foreign"], [true, false])
  func aWriteDuringTheRunIsKept(place: String, inPlace: Bool) throws {
    let (before, plan) = try scene()
    let path = try R.path(place)
    let old = try #require(before.nodes[path])
    var stopped = 0
    let new = Array("in between".utf8)
    for swaps in [true, false] {
      var whole = tree(before, swaps: swaps)
      _ = try apply(plan, to: &whole, run: Run())
      for write in 1...whole.writes {
        var tree = tree(before, swaps: swaps)
        tree.meanwhile = (
          write,
          { base in
            guard inPlace else {
              base.nodes[path] = MemoryTree.Node(bytes: new)
              return
            }
            // Whoever has it open writes to it wherever it was moved, and under all of its names.
            for (name, node) in base.nodes where node.bytes == old.bytes && (name == path || name.text.hasPrefix(".aiwg/state/staged")) {
              base.nodes[name]?.bytes = new
            }
          }
        )
        let result = attempt(plan, &tree)
        if case .failure(let error) = result, error.reason == .changedMeanwhile([path]) {
          stopped += 1
          #expect(error.leftBehind.isEmpty)
        }
        let isWritten = tree.writes >= write && (!inPlace || tree.base.nodes.values.contains { $0.bytes == new })
        let isThere = tree.base.nodes.contains { $0.value.bytes == new && ($0.key == path || $0.key.text.hasPrefix(".aiwg/state/saved/")) }
        #expect(isThere || !isWritten, "write \(write): \(result)")
        #expect(try PendingRun(in: tree) == .none)
      }
    }
    #expect(stopped > 5)
  }

  /// Up to the write that takes a file away, somebody who saves it stops the run and finds it where it was.
  @Test(arguments: ["d/update", "d/gone/x", "A.md", "link"], [true, false])
  func whatIsSavedBeforeItGivesWayStaysInItsPlace(place: String, swaps: Bool) throws {
    let (before, plan) = try scene()
    let path = try R.path(place)
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run())
    let goes = try #require(whole.log.firstIndex { $0.path == path || ($0.from == path && $0.call != "link(_:as:)") }) + 1
    #expect(goes > 20)
    let begun = try #require(whole.log.firstIndex { $0.path?.text == ".aiwg/state/journal" }) + 1
    for write in 1...goes {
      var tree = tree(before, swaps: swaps)
      tree.meanwhile = (write, { $0.nodes[path] = MemoryTree.Node(bytes: Array("in between".utf8)) })
      guard case .failure(let error) = attempt(plan, &tree) else {
        Issue.record("write \(write): the run went on")
        continue
      }
      #expect(error.reason == .changedMeanwhile([path]), "write \(write)")
      #expect(tree.base.nodes[path]?.bytes == Array("in between".utf8), "write \(write)")
      // Seen before anything moved, it stays where it is; afterwards it was away for a moment.
      #expect(error.saved.map(\.path) == (write < begun ? [] : [path]), "write \(write)")
    }
    #expect(begun < goes)
  }

  /// Whoever sees the new file for a moment may write over what comes back then; that is saved before it goes back.
  @Test(arguments: ["d/update", "A.md"], [true, false])
  func whatWasAwayForAMomentIsSavedToo(place: String, swaps: Bool) throws {
    let (before, plan) = try scene()
    let path = try R.path(place)
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run())
    let goes = try #require(whole.log.firstIndex { $0.path == path || ($0.from == path && $0.call != "link(_:as:)") }) + 1
    var tree = tree(before, swaps: swaps)
    tree.meanwhile = (goes, { $0.nodes[path] = MemoryTree.Node(bytes: Array("one".utf8)) })
    guard case .failure(let error) = attempt(plan, &tree) else { return #expect(Bool(false), "the run went on") }
    let entry = try #require(error.saved.first)
    #expect(entry.path == path && error.saved.count == 1)
    #expect(tree.base.nodes[path]?.bytes == Array("one".utf8))
  }

  /// An editor or a checkout that writes the same bytes anew makes another file of them, and that one comes back too when the run fails.
  @Test(arguments: ["d/update", "d/gone/x", "A.md", "foreign", "gone"], [true, false])
  func whatIsSavedAnewWithTheSameBytesComesBack(place: String, swaps: Bool) throws {
    var (before, plan) = try scene()
    let path = try R.path(place)
    if place == "gone" {
      let repository = try R(.memory)
      try repository.deploy([R.file("gone", "1"), R.file("stays", "1")])
      try repository.put("gone", "edited")
      plan = try repository.plan([R.file("stays", "2")], force: true)
      before = try #require(repository.tree as? MemoryTree)
    }
    let bytes = try #require(before.nodes[path]).bytes
    let old = try R.picture(before)
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run(token: "t"))
    let last = try #require(whole.log.lastIndex { $0.path?.text == "aiwg.lock" }) + 1
    for write in 1..<last {
      var tree = tree(before, failing: last...last, swaps: swaps)
      tree.meanwhile = (write, { base in if base.nodes[path]?.bytes == bytes { base.nodes[path] = MemoryTree.Node(bytes: bytes) } })
      guard case .failure(let error) = attempt(plan, &tree) else {
        Issue.record("write \(write): the run went on")
        continue
      }
      #expect(error.leftBehind.isEmpty, "write \(write)")
      #expect(try R.picture(tree) == old, "write \(write)")
    }
  }

  /// What is on another file system is staged there, after the journal, which cannot say which file that is.
  @Test(arguments: ["far/edited", "far/gone", "far/A.md"], [true, false])
  func whatIsOnAnotherDeviceIsNotLostWithARunThatIsKilled(place: String, swaps: Bool) throws {
    let repository = try R(.memory, ["far/A.md": "mine\n"])
    try repository.deploy([R.file("far/edited", "1"), R.file("far/gone", "1"), R.block("far/A.md", "1\n"), R.file("near", "1")])
    for file in ["far/edited", "far/gone"] { try repository.put(file, "mine, edited") }
    let plan = try repository.plan([R.file("far/edited", "2"), R.block("far/A.md", "2\n"), R.file("near", "2")], force: true)
    let before = try #require(repository.tree as? MemoryTree)
    let bytes = try before.read(R.path(place))
    for write in 1...200 {
      var killed = tree(before, failing: write...Int.max, swaps: swaps)
      killed.far = try R.path("far")
      _ = attempt(plan, &killed)
      var next = tree(killed.base, swaps: swaps)
      next.far = killed.far
      let recovered = try recover(&next)
      // In a file with a block the rest of it is the user's.
      let holds =
        place == "far/A.md" ? try next.read(R.path(place)).starts(with: "mine\n".utf8) : next.base.nodes.contains { $0.value.bytes == bytes }
      #expect(holds, "write \(write)")
      #expect(recovered.problems.isEmpty, "write \(write)")
      if killed.writes < write { return }
    }
    Issue.record("no run came to its end")
  }

  /// A folder that somebody puts in the place of a file that is to go is no file of ours, and stays where they put it.
  @Test func aFolderInThePlaceOfAFileThatGoesIsMovedBack() throws {
    for write in 1...100 {
      let repository = try R(.disk)
      try repository.deploy([R.file("d/gone", "1"), R.file("d/stays", "1")])
      let plan = try repository.plan([R.file("d/stays", "2")])
      let root = try #require(repository.folder).path
      let place = root + "/d/gone"
      var tree = FailingTree(try #require(repository.tree as? DiskTree))
      tree.meanwhile = (
        write,
        { _ in
          guard unlink(place) == 0, mkdir(place, 0o755) == 0 else { return }
          close(open(place + "/mine", O_CREAT | O_WRONLY, 0o644))
        }
      )
      do throws(ApplyError) { _ = try apply(plan, to: &tree, run: Run(token: "t")) } catch {
        #expect(error.reason == .changedMeanwhile([try R.path("d/gone")]) && error.leftBehind.isEmpty, "write \(write)")
        #expect(try repository.tree.observe(R.path("d/gone/mine")) != .absent, "write \(write)")
      }
      #expect(try recover(&repository.tree).problems.isEmpty)
      if tree.writes < write { return }
    }
    Issue.record("no run came to its end")
  }

  /// Somebody who saves a file while a failed run is undone finds it where it was.
  @Test(arguments: ["d/update", "new/er/file", "A.md", "B.md"], [true, false])
  func whatIsSavedDuringTheUndoingStaysInItsPlace(place: String, swaps: Bool) throws {
    let (before, plan) = try scene()
    let path = try R.path(place)
    var whole = tree(before, swaps: swaps)
    _ = try apply(plan, to: &whole, run: Run())
    let last = try #require(whole.log.lastIndex { $0.path?.text == "aiwg.lock" }) + 1
    var failed = tree(before, failing: last...last, swaps: swaps)
    _ = attempt(plan, &failed)
    #expect(failed.writes > last + 10)
    for write in last + 1...failed.writes {
      for inPlace in [true, false] {
        var tree = tree(before, failing: last...last, swaps: swaps)
        tree.meanwhile = (
          write,
          { base in
            if inPlace, base.nodes[path] != nil {
              base.nodes[path]?.bytes = Array("in between".utf8)
            } else {
              base.nodes[path] = .init(bytes: Array("in between".utf8))
            }
          }
        )
        let result = attempt(plan, &tree)
        #expect(tree.base.nodes[path]?.bytes == Array("in between".utf8), "write \(write): \(result)")
      }
    }
  }

  @Test func aFailureOnDiskIsUndone() throws {
    let repository = try R(.disk, ["user": "mine"])
    try repository.deploy([R.file("a/x", "1")])
    let before = try repository.picture()
    let long = String(repeating: "n", count: 300)
    #expect(throws: ApplyError(.failed(TreeError(path: try R.path("b/" + long), reason: "File name too long")))) {
      try repository.deploy([R.file("a/x", "2"), R.file("a/y", "2"), R.file("b/" + long, "2")])
    }
    #expect(try repository.picture() == before)
  }
}

/// Counts calls down.
private final class Countdown: @unchecked Sendable {
  private var left: Int

  init(_ left: Int) {
    self.left = left
  }

  func isOver() -> Bool {
    left -= 1
    return left < 0
  }
}
