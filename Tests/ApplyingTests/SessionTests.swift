import Applying
import FileTree
import Foundation
import Planning
import Testing

/// Sessions as a user has them: each on a tree in memory and on a real directory.
struct SessionTests {
  private typealias R = Repository

  @Test(arguments: Repository.Kind.allCases)
  func deploySyncRemoveLeavesTheTreeAsItWas(kind: Repository.Kind) throws {
    let repository = try R(kind, ["README.md": "hello", "AGENTS.md": "mine", "EMPTY.md": "", ".claude/settings.json": "{}"])
    let before = try repository.picture()
    let settings = FileEdit(path: try R.path("aiwg.yaml"), old: nil, new: Array("platforms: []\n".utf8))
    let first = try [
      R.file(".claude/rules/a.md", "A"), R.file(".claude/skills/s/run.sh", "#!", run: true), R.block("AGENTS.md", "rule\n"),
      R.block("EMPTY.md", "rule\n"), R.block("NEW.md", "rule\n"),
    ]
    let outcome = try repository.deploy(first, edits: [settings])
    #expect(outcome.leftBehind.isEmpty)
    #expect(
      try repository.picture().filter { !$0.hasPrefix("aiwg.lock") } == [
        ".claude/", ".claude/rules/", #".claude/rules/a.md "A""#, #".claude/settings.json "{}""#, ".claude/skills/", ".claude/skills/s/",
        ##".claude/skills/s/run.sh* "#!""##, #"AGENTS.md "mine\n<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n""#,
        #"EMPTY.md "<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n""#, #"NEW.md "<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n""#,
        #"README.md "hello""#, #"aiwg.yaml "platforms: []\n""#,
      ])
    #expect(try repository.plan(first).isEmpty)

    try repository.deploy([R.file(".claude/rules/b.md", "B"), R.block("AGENTS.md", "other\n")])
    #expect(try repository.text("AGENTS.md") == "mine\n<!-- aiwg:begin -->\nother\n<!-- aiwg:end -->\n")
    #expect(try repository.tree.observe(R.path(".claude/skills")) == .absent)
    #expect(try repository.tree.observe(R.path("NEW.md")) == .absent)

    try repository.deploy([], removesCreated: true)
    #expect(try repository.picture() == before)
  }

  @Test(arguments: Repository.Kind.allCases)
  func aSecondRunWritesNothing(kind: Repository.Kind) throws {
    let repository = try R(kind)
    let outputs = try [R.file("a/b", "1"), R.block("A.md", "x\n")]
    try repository.deploy(outputs)
    let again = try repository.deploy(outputs)
    #expect(again == Outcome())
  }

  @Test(arguments: Repository.Kind.allCases)
  func anEditedAiwgYamlStays(kind: Repository.Kind) throws {
    let repository = try R(kind)
    try repository.deploy([R.file("a", "1")], edits: [FileEdit(path: R.path("aiwg.yaml"), old: nil, new: Array("x\n".utf8))])
    try repository.put("aiwg.yaml", "edited\n")
    try repository.deploy([], removesCreated: true)
    #expect(try repository.picture() == [#"aiwg.yaml "edited\n""#])
  }

  /// A lock is a claim: what it calls created goes only where aiwg creates files.
  @Test(arguments: Repository.Kind.allCases)
  func whatALockCallsCreatedStaysWhereNothingIsPlaced(kind: Repository.Kind) throws {
    let repository = try R(kind, ["src/main.c": "mine", "ours": "x"])
    let digests = ["mine", "x"].map { Digest(of: Array($0.utf8)) }
    try repository.put("aiwg.lock", "# aiwg.lock 1\n# created \(digests[1]) ours\n# created \(digests[0]) src/main.c\n")
    try repository.deploy([], removesCreated: true)
    #expect(try repository.text("src/main.c") == "mine")
    #expect(try repository.tree.observe(R.path("ours")) == .absent)
  }

  @Test(arguments: Repository.Kind.allCases, ["old\n", nil])
  func anEditOfAFileThatIsAnotherByNowIsAConflict(kind: Repository.Kind, old: String?) throws {
    let repository = try R(kind, ["aiwg.yaml": "the user's\n"])
    let edit = FileEdit(path: try R.path("aiwg.yaml"), old: old.map { Array($0.utf8) }, new: Array("new\n".utf8))
    #expect(throws: ApplyError(.conflicts)) { try repository.deploy([], edits: [edit]) }
    #expect(try repository.text("aiwg.yaml") == "the user's\n")
  }

  @Test(arguments: Repository.Kind.allCases)
  func aConflictWritesNothing(kind: Repository.Kind) throws {
    let repository = try R(kind, ["foreign.md": "mine"])
    let before = try repository.picture()
    #expect(throws: ApplyError(.conflicts)) { try repository.deploy([R.file("a", "1"), R.file("foreign.md", "2")]) }
    #expect(try repository.picture() == before)
  }

  @Test(arguments: Repository.Kind.allCases)
  func adoptsWhatIsThereAlready(kind: Repository.Kind) throws {
    let repository = try R(kind, ["a": "1"])
    let outcome = try repository.deploy([R.file("a", "1")])
    #expect(outcome.written.map(\.text) == ["aiwg.lock"])
    try repository.deploy([])
    #expect(try repository.picture().isEmpty)
  }

  @Test(arguments: Repository.Kind.allCases)
  func forceSavesAndRestoreBringsBack(kind: Repository.Kind) throws {
    let repository = try R(kind, ["d/foreign.md": "mine", "gone.md": "1"])
    try repository.tree.createSymlink(R.path("link"), target: Array("d/foreign.md".utf8))
    try repository.deploy([R.file("gone.md", "1")])
    try repository.put("gone.md", "edited")
    let outputs = try [R.file("d/foreign.md", "ours"), R.file("link", "ours")]
    let outcome = try repository.deploy(outputs, force: true)
    #expect(outcome.saved.map { "\($0.number) \($0.kind) \($0.path)" } == ["1 file d/foreign.md", "2 file gone.md", "3 symlink link"])
    #expect(try repository.text("d/foreign.md") == "ours" && repository.text("link") == "ours")
    #expect(try repository.tree.observe(R.path("gone.md")) == .absent)
    #expect(try repository.text(".aiwg/state/.gitignore") == "*\n")
    #expect(try repository.tree.observe(R.path(".aiwg/state/staged")) == .absent)
    #expect(try repository.plan(outputs).isEmpty)

    let saved = try Saved(in: repository.tree)
    #expect(saved.entries == outcome.saved)
    let record = try repository.record()
    for entry in saved.entries {
      #expect(try restore(entry, to: &repository.tree, record: record, run: Run(token: "t")) == [])
      #expect(try restore(entry, to: &repository.tree, record: record, run: Run(token: "t")) == nil)
    }
    #expect(try repository.text("d/foreign.md") == "mine" && repository.text("gone.md") == "edited")
    #expect(try repository.tree.observe(R.path("link")) == .symlink(target: Array("d/foreign.md".utf8)))

    try repository.put("gone.md", "again the user's")
    let gone = try #require(saved.entry("gone.md"))
    #expect(saved.entry(String(gone.digest.hex.prefix(12))) == gone)
    #expect(throws: RestoreError.self) { try restore(gone, to: &repository.tree, record: record, run: Run(token: "t")) }
    #expect(try repository.text("gone.md") == "again the user's")
  }

  @Test(arguments: Repository.Kind.allCases)
  func aForcedBlockKeepsTheRestAndComesBack(kind: Repository.Kind) throws {
    let repository = try R(kind, ["A.md": "user\n"])
    try repository.deploy([R.block("A.md", "one\n")])
    let edited = try repository.text("A.md").replacingOccurrences(of: "one", with: "by hand")
    try repository.put("A.md", edited)
    #expect(throws: ApplyError(.conflicts)) { try repository.deploy([R.block("A.md", "two\n")]) }
    try repository.deploy([R.block("A.md", "two\n")], force: true)
    #expect(try repository.text("A.md") == edited.replacingOccurrences(of: "by hand", with: "two"))
    let saved = try Saved(in: repository.tree)
    #expect(try restore(#require(saved.entry("A.md")), to: &repository.tree, record: repository.record(), run: Run(token: "t")) == [])
    #expect(try repository.text("A.md") == edited)
  }

  @Test(arguments: Repository.Kind.allCases)
  func aFolderTakesThePlaceOfAFileOfOurs(kind: Repository.Kind) throws {
    let repository = try R(kind)
    try repository.deploy([R.file("rules", "old")])
    try repository.deploy([R.file("rules/a/b.md", "new")])
    #expect(try repository.text("rules/a/b.md") == "new")
    #expect(try repository.plan([R.file("rules/a/b.md", "new")]).isEmpty)
  }

  @Test(arguments: Repository.Kind.allCases)
  func whatChangedSinceThePlanStops(kind: Repository.Kind) throws {
    let repository = try R(kind)
    try repository.deploy([R.file("a", "1"), R.file("b", "1")])
    let plan = try repository.plan([R.file("a", "2"), R.file("c", "1")])
    try repository.put("b", "user's")
    try repository.put("c", "user's")
    let before = try repository.picture()
    #expect(throws: ApplyError(.changedMeanwhile([try R.path("b"), try R.path("c")]))) {
      try apply(plan, to: &repository.tree, run: Run(token: "t"))
    }
    #expect(try repository.picture() == before)
  }

  @Test func nothingIsWrittenThroughASymlinkedFolder() throws {
    let outside = try TemporaryFolder()
    let repository = try R(.disk)
    let root = try #require(repository.folder).path
    #expect(symlink(outside.path, root + "/.claude") == 0)
    let output = try R.file(".claude/rules/a.md", "A")
    #expect(try repository.plan([output], force: true).changes.map(\.conflict) == [.notAFile(.symlink, at: try R.path(".claude"))])
    // Swapped in after the plan was made.
    #expect(unlink(root + "/.claude") == 0)
    let plan = try repository.plan([output])
    #expect(symlink(outside.path, root + "/.claude") == 0)
    #expect(throws: ApplyError.self) { try apply(plan, to: &repository.tree, run: Run(token: "t")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
    #expect(try repository.picture() == [".claude -> \(outside.path)"])
  }

  /// Whoever could not read the file must not be able to read the copy.
  @Test func savedBytesKeepTheirPermissions() throws {
    let repository = try R(.disk, ["secret.md": "mine"])
    let root = try #require(repository.folder).path
    #expect(chmod(root + "/secret.md", 0o600) == 0)
    let outcome = try repository.deploy([R.file("secret.md", "ours")], force: true)
    let place = Saved.place(of: try #require(outcome.saved.first).digest)
    #expect(try FileManager.default.attributesOfItem(atPath: "\(root)/\(place)")[.posixPermissions] as? Int == 0o600)
  }

  @Test(arguments: Repository.Kind.allCases)
  func savedBytesThatSomebodyChangedAreNotTakenForTheOldOnes(kind: Repository.Kind) throws {
    let repository = try R(kind, ["A.md": "mine"])
    let outcome = try repository.deploy([R.file("A.md", "ours")], force: true)
    let entry = try #require(outcome.saved.first)
    try repository.put(Saved.place(of: entry.digest).text, "another's")
    #expect(throws: RestoreError.self) { try restore(entry, to: &repository.tree, record: repository.record()) }
    #expect(try repository.text("A.md") == "ours")
    try repository.put("A.md", "mine")
    #expect(throws: ApplyError.self) { try repository.deploy([R.file("A.md", "ours")], force: true) }
    #expect(try repository.text("A.md") == "mine")
  }

  /// The index lies in the repository, so that anybody may have written it.
  @Test(arguments: Repository.Kind.allCases, [".git/hooks/post-commit", "sub/.git/config", ".GIT/config", "../outside"])
  func nothingIsBroughtBackIntoGit(kind: Repository.Kind, place: String) throws {
    let digest = Digest(of: Array("evil".utf8))
    let repository = try R(kind, [Saved.place(of: digest).text: "evil", ".git/config": "[core]"])
    try repository.put(".aiwg/state/saved/index", "1 executable \(digest) \(place)\n2 file \(digest) a\n")
    let saved = try Saved(in: repository.tree)
    #expect(saved.entries.map(\.path.text) == ["a"])
    #expect(saved.entry(place) == nil)
  }

  @Test(arguments: Repository.Kind.allCases)
  func whatTheUserPutIntoTheStateStays(kind: Repository.Kind) throws {
    for mine in [".gitignore", "note.md", "sub/note.md"] {
      let repository = try R(kind, [".aiwg/state/\(mine)": "*\n!mine\n"])
      let before = try repository.picture()
      #expect(try recover(&repository.tree).problems.isEmpty)
      try repository.deploy([R.file("a", "1")])
      try repository.deploy([])
      #expect(try before.allSatisfy(Set(repository.picture()).contains), "\(mine)")
    }
  }

  /// The name that the folder of the state has while it is made is no reason to touch one of the user's.
  @Test(arguments: Repository.Kind.allCases, [false, true])
  func aFolderOfTheUsersUnderTheNameOfAnUnfinishedOneStays(kind: Repository.Kind, hasParent: Bool) throws {
    for mine in [[".aiwg.new/note.md"], [".aiwg.new/state/note.md"], [".aiwg.new/state/journal", ".aiwg.new/x/y"]] {
      let repository = try R(kind, Dictionary(uniqueKeysWithValues: (mine + (hasParent ? [".aiwg/rules/x.md"] : [])).map { ($0, "mine") }))
      let before = try repository.picture()
      #expect(try recover(&repository.tree).problems.isEmpty)
      try repository.deploy([R.file("a", "1")])
      try repository.deploy([R.file("a", "2")])
      #expect(try before.allSatisfy(Set(repository.picture()).contains))
      try repository.deploy([])
      #expect(try repository.picture() == before)
    }
  }

  @Test func permissionsOfASharedFileStay() throws {
    let repository = try R(.disk, ["A.md": "user\n"])
    let place = try #require(repository.folder).path + "/A.md"
    #expect(chmod(place, 0o600) == 0)
    try repository.deploy([R.block("A.md", "one\n")])
    try repository.deploy([R.block("A.md", "two\n")])
    #expect(try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int == 0o600)
  }
}
