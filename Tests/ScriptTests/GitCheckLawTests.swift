import Foundation
import TestSupport
import Testing

/// What `check --rev` and `check --staged` say is what `check` says in a checkout of the same bytes.
@Suite struct GitCheckLawTests {
  @Test(.timeLimit(.minutes(30))) func gitIsReadAsACheckoutWouldBe() async throws {
    let (seed, count) = (lawSeed(), isLawFull ? 500 : 6)
    print("histories: \(count) from seed \(seed)")
    let figures = try await withThrowingTaskGroup(of: HistoryOutcome.self) { group in
      var sum = HistoryOutcome()
      for number in 0..<count {
        if number >= 3, let one = try await group.next() { sum += one }
        group.addTask { try History(seed: seed &+ UInt64(number)).compare() }
      }
      while let one = try await group.next() { sum += one }
      return sum
    }
    print("histories compared: \(figures)")
    // Histories that come to nothing would agree as well.
    #expect(figures.fine > 0 && figures.drifted > 0 && figures.staged > 0)
    if isLawFull { #expect(figures.unmerged > 0 && figures.converted > 0) }
  }
}

/// How many comparisons there were, and of which kinds.
private struct HistoryOutcome {
  var (commits, staged, fine, drifted, wrong, unmerged, converted) = (0, 0, 0, 0, 0, 0, 0)
  /// By exit code and the id of the first finding.
  var reasons: [String: Int] = [:]

  static func += (left: inout HistoryOutcome, right: HistoryOutcome) {
    left.commits += right.commits
    left.staged += right.staged
    left.fine += right.fine
    left.drifted += right.drifted
    left.wrong += right.wrong
    left.unmerged += right.unmerged
    left.converted += right.converted
    left.reasons.merge(right.reasons, uniquingKeysWith: +)
  }
}

/// A repository with a few random commits, and something staged on top of them.
private struct History {
  private let seed: UInt64
  private var random: SeededGenerator
  private let folder: TemporaryFolder
  private var top: URL { folder.url.appendingPathComponent("repo") }
  private var lines: [String] = []

  init(seed: UInt64) throws {
    self.seed = seed
    random = SeededGenerator(seed: seed &* 2_654_435_761)
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
  }

  // MARK: Comparing

  func compare() throws -> HistoryOutcome {
    var own = self
    var outcome = HistoryOutcome()
    try own.begin()
    for _ in 0..<own.pick(1...4) { try own.step() }
    for commit in try own.commits() {
      let checkout = "../at-\(commit.prefix(8))"
      try own.sh("git worktree add -q --detach \(checkout) \(commit)")
      try own.expectSame(["--rev", commit], in: checkout, &outcome)
      outcome.commits += 1
    }
    try own.compareStaged(&outcome)
    return outcome
  }

  private mutating func compareStaged(_ outcome: inout HistoryOutcome) throws {
    outcome.staged += 1
    if try !sh("git ls-files --unmerged").isEmpty {
      let result = try aiwg(["check", "--staged"], in: top)
      #expect(result.status == 2 && result.errors.contains("[git/unmerged]"), "seed \(seed): \(result)")
      outcome.unmerged += 1
      return
    }
    if try sh("git diff --diff-filter=A --name-only --no-renames -- ':!.git'").isEmpty {
      // A work tree whose index is this one.
      try sh(
        """
        git worktree add -q --detach --no-checkout ../staged HEAD
        cp "$(git rev-parse --git-path index)" "$(git -C ../staged rev-parse --git-path index)"
        git -C ../staged checkout-index -q -a -f
        """)
    } else {
      // What is only meant to be added is no part of a commit.
      try sh("git worktree add -q --detach ../staged \"$(git commit-tree -m x \"$(git write-tree)\")\"")
    }
    try expectSame(["--staged"], in: "../staged", &outcome)
  }

  private mutating func expectSame(_ arguments: [String], in checkout: String, _ outcome: inout HistoryOutcome) throws {
    let further = pick([[], [], ["--format", "json"], ["-v"], ["-q"]])
    let before = try sh("git status --porcelain=v2 --ignored; git for-each-ref; ls -A .git; git count-objects -v")
    let seen = try aiwg(["check"] + arguments + further, in: top)
    let real = try aiwg(["check", "--no-overlay"] + further, in: top.appendingPathComponent(checkout).standardizedFileURL)
    #expect(
      seen.status == real.status && seen.output == real.output && seen.errors == real.errors,
      "seed \(seed), \(arguments + further)\nfrom git (\(seen.status)):\n\(seen.output)\(seen.errors)\nin a checkout (\(real.status)):\n\(real.output)\(real.errors)"
    )
    #expect(
      try sh("git status --porcelain=v2 --ignored; git for-each-ref; ls -A .git; git count-objects -v") == before,
      "seed \(seed): something was written")
    let id = (real.errors + real.output).split(separator: "[").dropFirst().first?.prefix { $0 != "]" } ?? ""
    outcome.reasons["\(real.status) \(id.count < 40 ? id : "")", default: 0] += 1
    switch real.status {
    case 0: outcome.fine += 1
    case 1, 3: outcome.drifted += 1
    default: outcome.wrong += 1
    }
    if try !sh("cd \(checkout) && git ls-files --eol | grep -c 'i/lf *w/crlf' || true").hasPrefix("0") { outcome.converted += 1 }
  }

  // MARK: Making

  private mutating func begin() throws {
    var setup = ["git init -q -b main .", "git config core.safecrlf false", "git config core.autocrlf \(pick(["false", "false", "true", "input"]))"]
    if chance(3) { setup.append("git config core.eol \(pick(["lf", "crlf"]))") }
    if chance(6) { setup.append("git config core.symlinks false") }
    if chance(4) { setup.append("git config filter.other.smudge 'tr a-z A-Z'") }
    if chance(6) { setup.append("mkdir -p .git/info; printf '*.txt text eol=crlf\\n' > .git/info/attributes") }
    // Attributes may keep everything else from being committed.
    setup.append("git commit -q --allow-empty -m root")
    try sh(setup.joined(separator: "\n"))
    let hasProjects = chance(4)
    let platforms = ["claude-code", "codex", "cursor", "gemini-cli", "copilot", "opencode"].filter { _ in chance(2) }
    var project = "platforms: [\((platforms.isEmpty ? ["codex"] : platforms).joined(separator: ", "))]\nsources:\n  - path: .aiwg\n"
    if chance(4) { project += "commit: false\n" }
    if hasProjects { project += "projects: [packages/*]\n" }
    write(project, "aiwg.yaml")
    addTree(".aiwg")
    if hasProjects {
      for name in ["a", "b"] {
        let source = chance(2) ? "../../.aiwg" : "ctx"
        write("platforms: [codex]\nsources:\n  - path: \(source)\n", "packages/\(name)/aiwg.yaml")
        addTree("packages/\(name)/ctx")
      }
    }
    if chance(2) { write(text("Ours.\n\nMore.\n"), "AGENTS.md") }
    if chance(3) { write(text("See @AGENTS.md\n"), "CLAUDE.md") }
    if chance(3) { write(text("{\n  \"permissions\": {\"allow\": [\"Bash(ls)\"]}\n}\n"), ".claude/settings.json") }
    if chance(3) { write("nested\n", "src/AGENTS.md") }
    if chance(3) { addAttributes() }
    lines.append("aiwg sync -q >/dev/null 2>&1 || true")
    lines.append("git add -A; git commit -q -m first")
    try flush()
  }

  private mutating func addTree(_ folder: String) {
    for name in ["one", "two", "three"] where chance(2) || name == "one" {
      let head = chance(3) ? "globs: [src/**]\n" : ""
      write(
        text("---\nname: \(name)\ndescription: The rule \(name).\nseverity: HIGH\n\(head)---\n# \(name)\n\nText $Id$ here.\n"),
        "\(folder)/rules/\(name).md")
    }
    if chance(2) {
      write(text("---\nname: s\ndescription: A skill.\n---\n# S\n\nSee [a](a.txt).\n"), "\(folder)/skills/s/SKILL.md")
      write(text("a $Id$\nb\n"), "\(folder)/skills/s/a.txt")
      write("#!/bin/sh\necho hi\n", "\(folder)/skills/s/run.sh")
      if chance(2) { lines.append("chmod +x \(folder)/skills/s/run.sh") }
      if chance(6) { lines.append("printf x > \"$(printf '\(folder)/skills/s/bad\\377.txt')\"") }
      if chance(6) { lines.append("ln -s a.txt \(folder)/skills/s/link.txt") }
      if chance(6) { write("", "\(folder)/skills/s/empty.txt") }
    }
    if chance(3) { write("description: Files.\ncommand: files\nargs: [x]\n", "\(folder)/mcp/files.yaml") }
    if chance(4) { write(text("---\nname: go\ndescription: Go.\n---\n# Go\n\nDo $ARGUMENTS.\n"), "\(folder)/commands/go.md") }
    if chance(8) { lines.append("mkdir -p \(folder)/other && ln -s ../rules \(folder)/other/rules") }
  }

  private mutating func addAttributes() {
    let all = [
      "* text=auto", "*.md text eol=crlf", "*.md -text", "*.txt ident", "*.md ident", "AGENTS.md eol=crlf", "*.json eol=crlf", "aiwg.lock eol=crlf",
      "*.md text=auto eol=lf", "*.sh binary", "*.txt filter=absent", "*.txt working-tree-encoding=UTF-16LE", "[attr]own text eol=crlf", "*.md own",
    ]
    let some = all.filter { _ in chance(4) }.map { $0 + "\n" }.joined()
    let place = pick([".gitattributes", ".gitattributes", ".aiwg/.gitattributes", ".claude/.gitattributes", "packages/a/.gitattributes"])
    lines.append("mkdir -p \"$(dirname \(place))\"")
    lines.append("printf '\(octal(some))' >> \(place)")
  }

  private mutating func step() throws {
    for _ in 0..<pick(1...4) { edit() }
    if chance(2) { lines.append("aiwg sync -q >/dev/null 2>&1 || true") }
    switch pick(0...5) {
    case 0: lines.append("git add -A")
    case 1: lines.append("git add -A; git commit -q -m step --allow-empty")
    case 2: lines.append("git add .aiwg aiwg.yaml; git commit -q -m half --allow-empty")
    case 3: lines.append("git add -u .aiwg AGENTS.md aiwg.lock 2>/dev/null || true")
    case 4: lines.append("git add -A; git reset -q; git ls-files -mo --exclude-standard -z | head -z -n \(pick(1...3)) | xargs -0 -r git add --")
    default:
      // Another branch that changes the same, and a merge that may stop.
      lines.append("git add -A; git commit -q -m ours --allow-empty; git checkout -q -b side\(pick(0...99_999)) HEAD~0; git checkout -q -f HEAD")
      for _ in 0..<2 { edit() }
      lines.append("aiwg sync -q >/dev/null 2>&1 || true; git add -A; git commit -q -m theirs --allow-empty; git checkout -q -f main")
      for _ in 0..<2 { edit() }
      lines.append("aiwg sync -q >/dev/null 2>&1 || true; git add -A; git commit -q -m mine --allow-empty")
      lines.append(
        "git merge -q --no-edit \"$(git for-each-ref --sort=-committerdate --format='%(refname)' refs/heads/side* | head -n 1)\" >/dev/null 2>&1 || true"
      )
      if chance(2) {
        lines.append(
          "git diff --name-only --diff-filter=U -z | xargs -0 -r git checkout -q --theirs -- 2>/dev/null || true; git add -A; git commit -q -m merged --allow-empty"
        )
      }
    }
    try flush()
  }

  private mutating func edit() {
    let rule = ".aiwg/rules/\(pick(["one", "two", "three", "four"])).md"
    switch pick(0...13) {
    case 0, 1: lines.append("test -f \(rule) && printf '\(octal(text("More \(pick(0...99)).\n")))' >> \(rule)")
    case 2: write(text("---\nname: four\ndescription: The rule four.\n---\n# four\n\nNew \(pick(0...99)).\n"), ".aiwg/rules/four.md")
    case 3: lines.append("rm -f \(rule)")
    case 4: lines.append("for f in AGENTS.md .claude/rules/one.md GEMINI.md; do test -f $f && printf 'by hand\\n' >> $f; done")
    case 5: lines.append("rm -f AGENTS.md .claude/rules/one.md")
    case 6: addAttributes()
    case 7: lines.append("test -f aiwg.lock && sed -i.bak '$d' aiwg.lock && rm aiwg.lock.bak")
    case 8: lines.append("test -f .aiwg/skills/s/run.sh && chmod \(pick(["+x", "-x"])) .aiwg/skills/s/run.sh")
    case 9: lines.append("rm -f CLAUDE.md; ln -s AGENTS.md CLAUDE.md")
    case 10: lines.append("mkdir -p .aiwg/rules; printf x > .aiwg/rules/planned.md; git add -N .aiwg/rules/planned.md")
    case 11: lines.append("git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),.aiwg/skills/sub")
    case 12 where chance(3): write("---\nname: [\n---\n# x\n", ".aiwg/rules/broken.md")
    default: lines.append("rm -f .aiwg/rules/broken.md .aiwg/rules/planned.md; printf '\(octal(text("Text.\n")))' > AGENTS.md")
    }
  }

  /// Line ends of either kind, or of both.
  private mutating func text(_ text: String) -> String {
    switch pick(0...5) {
    case 0: text.replacingOccurrences(of: "\n", with: "\r\n")
    case 1: text + "mixed\r\nends\n"
    default: text
    }
  }

  private mutating func write(_ text: String, _ path: String) {
    lines.append("mkdir -p \"$(dirname \(path))\"; printf '\(octal(text))' > \(path)")
  }

  private func octal(_ text: String) -> String {
    text.utf8.map { byte in
      if (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x20 { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func pick<Element>(_ all: [Element]) -> Element { all[Int.random(in: 0..<all.count, using: &random)] }
  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  // MARK: Running

  private var environment: [String: String] {
    let who = ["GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.com"]
    let clock = ["GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"]
    return who.merging(clock) { one, _ in one }.merging(["HOME": folder.url.path, "GIT_CONFIG_NOSYSTEM": "1"]) { one, _ in one }
  }

  private mutating func flush() throws {
    let script = lines.joined(separator: "\n")
    lines = []
    _ = try Program.shell(script, in: top, environment: environment)
  }

  private func commits() throws -> [String] {
    try sh("git log --all --format=%H --max-count=4").split(separator: "\n").map(String.init)
  }

  @discardableResult
  private func sh(_ line: String) throws -> String {
    let result = try Program.shell(line, in: top, environment: environment)
    guard result.status == 0 || line.hasPrefix("git status") else { throw SetupError("seed \(seed): \(line): \(result.errors)") }
    return result.output
  }

  private func aiwg(_ arguments: [String], in folder: URL) throws -> Program.Result {
    try Program.aiwg(arguments, in: folder, environment: environment)
  }
}
