import Applying
import FileTree
import Planning
import Testing

/// Every write of a run fails once, and the tree is the old one; or fails for good, and the user's bytes are all there.
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
    let plan = try repository.plan(outputs, force: true)
    return (try #require(repository.tree as? MemoryTree), plan)
  }

  private func attempt(_ plan: Plan, _ tree: inout FailingTree) -> Result<Outcome, ApplyError> {
    do throws(ApplyError) { return .success(try apply(plan, to: &tree, token: "t")) } catch { return .failure(error) }
  }

  @Test func eachFailedWriteLeavesTheOldTree() throws {
    let (before, plan) = try scene()
    var whole = FailingTree(before)
    _ = try apply(plan, to: &whole, token: "t")
    let after = try R.picture(whole)
    #expect(whole.writes > 25)
    let old = try R.picture(before)
    var failures = 0
    for write in 1...whole.writes {
      var tree = FailingTree(before, failing: write...write)
      switch attempt(plan, &tree) {
      case .success(let outcome):
        #expect(outcome.leftBehind.isEmpty)
        #expect(try R.picture(tree) == after, "write \(write)")
      case .failure(let error):
        failures += 1
        #expect(error.leftBehind.isEmpty, "write \(write)")
        #expect(try R.picture(tree) == old, "write \(write)")
        guard case .failed(let cause, _) = error else {
          Issue.record("write \(write): \(error)")
          continue
        }
        #expect(cause.reason == "No space left on device" && cause.path != nil)
      }
    }
    #expect(failures > 20)
  }

  @Test func aTreeThatBreaksForGoodKeepsEveryByteOfTheUsers() throws {
    let (before, plan) = try scene()
    for write in 1...60 {
      var tree = FailingTree(before, failing: write...Int.max)
      let leftBehind =
        switch attempt(plan, &tree) {
        case .success(let outcome): outcome.leftBehind
        case .failure(let error): error.leftBehind
        }
      let contents = Set(tree.base.nodes.values.map(\.bytes))
      #expect(contents.contains(Array("precious".utf8)) && contents.contains(Array("mine".utf8)), "write \(write)")
      let temporaries = tree.base.nodes.keys.filter { $0.name.hasPrefix(".aiwg-") }
      #expect(temporaries.isEmpty || !leftBehind.isEmpty, "write \(write)")
    }
  }

  /// Whenever the user writes to a file in place that is about to be replaced or deleted, what they wrote is there in the end.
  @Test(arguments: ["d/update", "d/gone/x", "A.md"])
  func aWriteDuringTheRunIsKept(place: String) throws {
    let (before, plan) = try scene()
    let path = try R.path(place)
    var stopped = 0
    let new = Array("in between".utf8)
    for write in 1...45 {
      var tree = FailingTree(before)
      // Under both of its names, as a file with two names has it.
      tree.meanwhile = (
        write,
        { base in
          guard let old = base.nodes[path]?.bytes else { return }
          for (name, node) in base.nodes where node.bytes == old && (name == path || name.name.hasPrefix(".aiwg-")) { base.nodes[name]?.bytes = new }
        }
      )
      let result = attempt(plan, &tree)
      if case .failure(.changedMeanwhile(let paths, let leftBehind)) = result {
        stopped += 1
        #expect(paths == [path] && leftBehind.isEmpty)
      }
      let isGoneForGood = tree.base.nodes[path] == nil && !tree.base.nodes.values.contains { $0.bytes == new }
      #expect(tree.base.nodes[path]?.bytes == new || tree.writes < write || isGoneForGood, "write \(write): \(result)")
    }
    #expect(stopped > 5)
  }

  @Test func aFailureOnDiskIsUndone() throws {
    let repository = try R(.disk, ["user": "mine"])
    try repository.deploy([R.file("a/x", "1")])
    let before = try repository.picture()
    let long = String(repeating: "n", count: 300)
    #expect(throws: ApplyError.failed(TreeError(path: try R.path("b/" + long), reason: "File name too long"), leftBehind: [])) {
      try repository.deploy([R.file("a/x", "2"), R.file("a/y", "2"), R.file("b/" + long, "2")])
    }
    #expect(try repository.picture() == before)
  }
}
