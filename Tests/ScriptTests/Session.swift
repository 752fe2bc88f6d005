import Foundation
import TestSupport

/// One script at work: a folder on a real disk, and what the last run printed.
///
/// A line is a verb with its words; `!` before it turns it round. Paths are relative to the repository, the working folder of every run.
///
///     run [EXIT] WORDS…        run aiwg; EXIT is 0 unless it is given. Unless a line about stderr follows, stderr must be silent
///     sh [EXIT] 'LINE'         run a line of shell in which `aiwg` is the binary
///     stdout TEXT…             the last run printed each text; without TEXT: anything
///     stderr TEXT…             the same for stderr
///     json                     stdout is JSON, and the exit code in it is the real one
///     exists PATH…             are there, be it as broken links
///     contains FILE TEXT       the file holds the text
///     cmp FILE FILE            have the same bytes
///     write FILE TEXT          make or overwrite; `append` adds, `edit FILE OLD NEW` replaces what is there once
///     rm, mkdir PATH…, chmod MODE PATH, ln TARGET LINK, mv FROM TO
///     snapshot NAME            remember every path, kind, mode and byte
///     same NAME                nothing differs from that snapshot
///     changed NAME PATH…       exactly these were created, removed or written since, be it with the same bytes
///     env NAME VALUE           for the runs that follow
///     needs-user               skip the rest when root, who may write anywhere, runs the tests
struct Session {
  let repository: URL
  private let folder: TemporaryFolder
  private var last: Program.Result?
  private var mayHaveErrors = true
  private var snapshots: [String: FolderSnapshot] = [:]
  private var environment: [String: String]
  /// By schema: its keys that runs printed.
  private(set) var printedKeys: [String: Set<String>] = [:]

  init(_ files: [Txtar.Entry]) throws {
    folder = try TemporaryFolder()
    repository = folder.url.appendingPathComponent("repo")
    environment = ["HOME": folder.url.path + "/home", "LC_ALL": "C"]
    for name in ["repo", "home"] {
      try FileManager.default.createDirectory(at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    for file in files {
      let place = url(file.path)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: place)
      if file.flags.contains("run") { try chmod(0o755, place) }
    }
  }

  /// Runs the lines; returns what is wrong with the first one that does not hold, nil when all do.
  mutating func play(_ script: String) throws -> String? {
    for (index, line) in script.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      var words = try words(of: line)
      let isNegated = words.first == "!"
      if isNegated { words.removeFirst() }
      guard let verb = words.first else { continue }
      if verb == "needs-user" {
        if getuid() == 0 { return nil }
        continue
      }
      let problem =
        try verb == "run" || verb == "sh"
        ? unexpectedErrors() ?? start(verb, Array(words.dropFirst())) : check(verb, Array(words.dropFirst()), isNegated)
      if let problem { return report(index, line, problem) }
    }
    return unexpectedErrors().map { "at the end: \($0)" }
  }

  private func report(_ index: Int, _ line: String, _ problem: String) -> String {
    var out = "script line \(index + 1): \(line)\n\(problem)"
    if let last { out += "\nexit \(last.status)\n--- stdout\n\(last.output)--- stderr\n\(last.errors)" }
    return out
  }

  private func unexpectedErrors() -> String? {
    guard !mayHaveErrors, let last, !last.errors.isEmpty else { return nil }
    return "the run before printed to stderr, and no line of the script speaks of it:\n\(last.errors)"
  }

  private mutating func start(_ verb: String, _ words: [String]) throws -> String? {
    let expected = words.first.flatMap { Int32($0) }
    let words = expected == nil ? words : Array(words.dropFirst())
    let result =
      verb == "run"
      ? try Program.aiwg(words, in: repository, environment: environment)
      : try Program.shell(words.joined(separator: " "), in: repository, environment: environment)
    last = result
    mayHaveErrors = verb == "sh"
    guard result.status == expected ?? 0 else { return "exit code \(result.status), not \(expected ?? 0)" }
    return words.contains("json") && verb == "run" ? try problemWithSchema(result.output) : nil
  }

  /// Whether what a program reads is what `schemas/` says.
  private mutating func problemWithSchema(_ output: String) throws -> String? {
    guard let (name, result) = try OutputSchemas.shared.check(output) else { return nil }
    printedKeys[name, default: []].formUnion(result.keys)
    return result.problems.isEmpty ? nil : "not as schemas/\(name).json says: \(result.problems.prefix(5).joined(separator: "; "))"
  }

  /// The lines that do not run anything.
  private mutating func check(_ verb: String, _ words: [String], _ isNegated: Bool) throws -> String? {
    switch verb {
    case "stderr", "stdout":
      if verb == "stderr" { mayHaveErrors = true }
      return printed(verb == "stderr" ? last?.errors : last?.output, words, isNegated)
    case "json": return try json()
    case "exists": return words.first { isThere($0) == isNegated }.map { "\($0) is \(isNegated ? "" : "not ")there" }
    case "contains":
      let text = try text(words[0])
      let wrong = words.dropFirst().filter { text.contains($0) == isNegated }
      return wrong.isEmpty ? nil : "it \(isNegated ? "holds" : "does not hold") \(wrong):\n\(text)"
    case "cmp":
      let (left, right) = (try text(words[0]), try text(words[1]))
      return left.utf8.elementsEqual(right.utf8) ? nil : firstDifference(left, right)
    case "snapshot": snapshots[words[0]] = try FolderSnapshot(of: repository)
    case "same", "changed": return try compare(verb, words)
    case "env": environment[words[0]] = words[1]
    default: try act(verb, words)
    }
    return nil
  }

  /// With several texts, each of them: all are to be there or, negated, none.
  private func printed(_ text: String?, _ expected: [String], _ isNegated: Bool) -> String? {
    guard let text else { return "nothing ran yet" }
    guard !expected.isEmpty else { return text.isEmpty == isNegated ? nil : "it is \(isNegated ? "not " : "")silent" }
    let wrong = expected.filter { text.contains($0) == isNegated }
    return wrong.isEmpty ? nil : "it \(isNegated ? "says" : "does not say") \(wrong)"
  }

  private func json() throws -> String? {
    guard let last else { return "nothing ran yet" }
    let value = try JSONSerialization.jsonObject(with: Data(last.output.utf8)) as? [String: Any]
    guard value?["version"] as? Int == 1 else { return "no version 1 in the JSON" }
    guard let exit = value?["exit"] as? Int else { return "no exit code in the JSON" }
    return exit == Int(last.status) ? nil : "the JSON says exit \(exit), and it was \(last.status)"
  }

  private func compare(_ verb: String, _ words: [String]) throws -> String? {
    guard let name = words.first, let old = snapshots[name] else { throw SetupError("no snapshot of that name") }
    let now = try FolderSnapshot(of: repository)
    if verb == "same" {
      let differences = old.differences(to: now)
      return differences.isEmpty ? nil : differences.joined(separator: "\n")
    }
    let written = old.writes(to: now).filter {
      now.entries[String($0.dropFirst(2))]?.isFolder != true && old.entries[String($0.dropFirst(2))]?.isFolder != true
    }
    let expected = words.dropFirst().sorted()
    return written.map { String($0.dropFirst(2)) }.sorted() == expected ? nil : "changed were:\n" + written.joined(separator: "\n")
  }

  /// What a user or another program does to the files.
  private func act(_ verb: String, _ words: [String]) throws {
    guard let first = words.first else { throw SetupError("`\(verb)` lacks words") }
    let files = FileManager.default
    switch verb {
    case "write": try save(words[1], to: first)
    case "append": try save(try text(first) + words[1], to: first)
    case "edit":
      let parts = try text(first).components(separatedBy: words[1])
      guard parts.count == 2 else { throw SetupError("`\(words[1])` is in \(first) \(parts.count - 1) times, not once") }
      try save(parts.joined(separator: words[2]), to: first)
    case "rm": for path in words { try files.removeItem(at: url(path)) }
    case "mkdir": for path in words { try files.createDirectory(at: url(path), withIntermediateDirectories: true) }
    case "mv": try files.moveItem(at: url(first), to: url(words[1]))
    case "chmod": try chmod(mode_t(first, radix: 8) ?? 0o644, url(words[1]))
    case "ln":
      try files.createDirectory(at: url(words[1]).deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.createSymbolicLink(atPath: url(words[1]).path, withDestinationPath: first)
    default: throw SetupError("no verb `\(verb)`")
    }
  }

  private func url(_ path: String) -> URL { repository.appendingPathComponent(path) }

  private func text(_ path: String) throws -> String { String(decoding: try Data(contentsOf: url(path)), as: UTF8.self) }

  /// In place, as an editor may do it.
  private func save(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(path))
  }

  private func chmod(_ mode: mode_t, _ url: URL) throws {
    try FileManager.default.setAttributes([.posixPermissions: NSNumber(value: UInt32(mode))], ofItemAtPath: url.path)
  }

  private func isThere(_ path: String) -> Bool {
    var info = stat()
    return lstat(url(path).path, &info) == 0
  }
}
