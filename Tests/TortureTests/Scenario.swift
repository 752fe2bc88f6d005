import TestSupport

/// A situation, a command that writes, and what it makes of it when nobody disturbs it.
struct Scenario: Sendable {
  var name: String
  /// What is there before the command.
  var before: Image
  var command: [String]
  var status: Int32
  /// What is there after it.
  var after: Image
  /// Pieces of text of the user's, each of which must be in some file at every moment.
  var usersText: [[UInt8]]
  /// Files, folders and links of the user's that no command touches.
  var untouched: [String]
  /// What `check` may exit with before and after; 1 may always come between.
  var checks: Set<Int32>

  /// Paths that a message may name.
  var paths: Set<String> { Set(before.entries.keys).union(after.entries.keys) }

  /// Takes the situation that the arena is in, and finds out what the command makes of it.
  init(_ name: String, _ command: [String], in arena: Arena, users: Users, allowing: Set<Int32> = [0]) throws {
    (self.name, self.command) = (name, command)
    before = try arena.repository.image()
    let first = try arena.run(["check"]).status
    let run = try arena.run(command)
    guard allowing.contains(run.status) else { throw SetupError("\(name): \(run.excerpt)") }
    status = run.status
    after = try arena.repository.image()
    checks = [0, 1, first, try arena.run(["check"]).status]
    let (was, became) = (before, after)
    usersText = users.text
    untouched = users.files.filter { was.entries[$0] != nil && was.entries[$0] == became.entries[$0] }
    try arena.repository.reset(to: before)
  }

  /// Begins anew, and kills the command before an operation; false when it ended before.
  ///
  /// A tree that is put back has other inodes than the one that a journal speaks of: whoever needs the half state again has to kill again.
  func begin(in arena: Arena, killedAt point: Int, classes: String = "wscl") throws -> Bool {
    try arena.repository.reset(to: before)
    return try arena.run(command, Trouble(act: .kill, at: point, classes: classes)).ending == .signal(9)
  }

  /// What of the user's is not there any more.
  func lost(in image: Image) -> [String] {
    untouched.filter { image.entries[$0] != before.entries[$0] }.map { "touched \($0)" }
      + usersText.filter { !image.holds($0) }.map { "lost the text \(String(decoding: $0, as: UTF8.self).debugDescription)" }
  }
}

/// What is the user's in an arena.
struct Users: Sendable {
  var text: [[UInt8]] = []
  var files: [String] = []
}

/// Small trees with something of everything.
enum Situation {
  static let platforms = "claude-code,codex,cursor,factory"
  static let deploy = ["deploy", "--platforms", platforms]

  /// Words of the user's: instruction files with text of their own, one of them with CRLF, and files among the outputs.
  static func writeUsersFiles(in arena: Arena) throws -> Users {
    var users = Users()
    let files: [(path: String, text: String, mode: UInt32)] = [
      ("AGENTS.md", "# Ours\n\nThe first words are ours.\n", 0o644), ("CLAUDE.md", "Windows words.\r\n\r\nNo line break at the end", 0o600),
      (".claude/settings.json", "{\"ours\": true}\n", 0o644), (".claude/hook.sh", "#!/bin/sh\necho ours\n", 0o755),
      (".claude/skills/mine/SKILL.md", "---\nname: mine\ndescription: Mine.\n---\nMy own skill.\n", 0o644),
      (".cursor/rules/mine.mdc", "My own rule.", 0o640), (".gitattributes", "*.bin binary\n", 0o644), ("src/main.c", "int main;\n", 0o644),
    ]
    for file in files {
      try arena.write(file.text, to: file.path, mode: file.mode)
      users.files.append(file.path)
      users.text.append(Array(file.text.utf8))
    }
    for folder in [".claude/empty", ".cursor/empty/deep", ".agents"] {
      try arena.write("", to: folder + "/x")
      try arena.remove(folder + "/x")
      users.files.append(folder)
    }
    users.files += [".claude", ".cursor", ".cursor/rules", ".cursor/empty", ".claude/skills", ".claude/skills/mine", "src"]
    return users
  }

  static func writeTree(in arena: Arena) throws {
    try arena.write(rule("The first text.", "severity: HIGH\n"), to: ".aiwg/rules/one.md")
    try arena.write(rule("It will go.", "globs: [\"src/**\"]\n"), to: ".aiwg/rules/gone.md")
    try arena.write(rule("It stays.", "globs: [\"*.c\"]\n"), to: ".aiwg/rules/stays.md")
    try arena.write("---\ndescription: Guide.\ntools: [Read]\n---\nGuide.\n", to: ".aiwg/agents/guide.md")
    try arena.write("---\ndescription: Kit.\n---\nUse run.sh.\n", to: ".aiwg/skills/kit/SKILL.md")
    try arena.write("#!/bin/sh\necho kit\n", to: ".aiwg/skills/kit/run.sh", mode: 0o755)
    try arena.write("data\n", to: ".aiwg/skills/kit/data.txt")
    try arena.write("---\ndescription: Old.\n---\nOld.\n", to: ".aiwg/skills/old/SKILL.md")
    try arena.write("deep\n", to: ".aiwg/skills/old/deep/er/file.txt")
    try arena.write("---\ndescription: Ship.\n---\nShip $ARGUMENTS.\n", to: ".aiwg/commands/ship.md")
  }

  /// Creates, updates, deletes, changes run bits, replaces blocks, removes folders.
  static func editTree(in arena: Arena) throws {
    try arena.write(rule("The second text.\n\nIt is longer.", "severity: HIGH\n"), to: ".aiwg/rules/one.md")
    try arena.remove(".aiwg/rules/gone.md")
    try arena.write(rule("It is new.", "globs: [\"*.h\"]\n"), to: ".aiwg/rules/new.md")
    try arena.write("---\ndescription: Guide.\ntools: [Read, Bash]\n---\nGuide better.\n", to: ".aiwg/agents/guide.md")
    try arena.write("#!/bin/sh\necho kit\n", to: ".aiwg/skills/kit/run.sh", mode: 0o644)
    try arena.write("data\n", to: ".aiwg/skills/kit/data.txt", mode: 0o755)
    try arena.remove(".aiwg/skills/old")
    try arena.write("---\ndescription: Fresh.\n---\nFresh.\n", to: ".aiwg/skills/fresh/SKILL.md")
  }

  private static func rule(_ text: String, _ fields: String) -> String { "---\ndescription: A rule.\n\(fields)---\n# Rule\n\n\(text)\n" }

  /// All is deployed, and the user wrote below the block since.
  static func deployed(in arena: Arena) throws -> Users {
    var users = try writeUsersFiles(in: arena)
    try writeTree(in: arena)
    try arena.prepare(deploy)
    try arena.write(arena.text("AGENTS.md") + "\nThe last words are ours too.\n", to: "AGENTS.md")
    try arena.write(arena.text("CLAUDE.md") + "Below.\r\n", to: "CLAUDE.md", mode: 0o600)
    users.text += [Array("\nThe last words are ours too.\n".utf8), Array("Below.\r\n".utf8)]
    return users
  }

  static func firstDeploy(in arena: Arena) throws -> Scenario {
    let users = try writeUsersFiles(in: arena)
    try writeTree(in: arena)
    return try Scenario("first deploy", deploy, in: arena, users: users)
  }

  static func sync(in arena: Arena) throws -> Scenario {
    let users = try deployed(in: arena)
    try editTree(in: arena)
    return try Scenario("sync", ["sync"], in: arena, users: users)
  }

  static func remove(in arena: Arena) throws -> Scenario {
    let users = try deployed(in: arena)
    return try Scenario("remove", ["remove"], in: arena, users: users)
  }

  /// The user's own files stand where outputs go, and an output was edited by hand.
  static func force(in arena: Arena) throws -> Scenario {
    var users = try deployed(in: arena)
    try editTree(in: arena)
    try arena.write("Edited by hand.\n", to: ".claude/agents/guide.md")
    try arena.write("Foreign words.\n", to: ".claude/skills/fresh/SKILL.md", mode: 0o600)
    try arena.write("Another's words.\n", to: ".claude/rules/new.md")
    users.text += ["Edited by hand.\n", "Foreign words.\n", "Another's words.\n"].map { Array($0.utf8) }
    return try Scenario("deploy --force", deploy + ["--force"], in: arena, users: users)
  }

  /// Nothing was ever deployed, and there is no tree.
  static func initialize(in arena: Arena) throws -> Scenario {
    let users = try writeUsersFiles(in: arena)
    return try Scenario("init", ["init"], in: arena, users: users)
  }

  /// What `--force` replaced comes back.
  static func restore(in arena: Arena) throws -> Scenario {
    let forced = try force(in: arena)
    try arena.repository.reset(to: forced.after)
    let users = Users(text: forced.usersText, files: forced.untouched)
    return try Scenario("restore", ["restore", ".claude/skills/fresh/SKILL.md"], in: arena, users: users)
  }

  /// The user's sources are written.
  static func repair(in arena: Arena) throws -> Scenario {
    var users = try deployed(in: arena)
    for name in ["a", "b", "c"] {
      try arena.write("---\ndescription: Hint.\nargument-hint: [one] [two]\n---\nThe body \(name).\n", to: ".aiwg/commands/\(name).md")
      users.text.append(Array("The body \(name).\n".utf8))
    }
    return try Scenario("lint --fix", ["lint", "--fix"], in: arena, users: users)
  }

  static let all: [(name: String, make: @Sendable (Arena) throws -> Scenario)] = [
    ("first deploy", firstDeploy), ("sync", sync), ("remove", remove), ("deploy --force", force), ("init", initialize), ("restore", restore),
    ("lint --fix", repair),
  ]
}
