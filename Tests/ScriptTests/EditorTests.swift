import Foundation
import TestSupport
import Testing

/// A session of an editor with the real server.
@Suite struct EditorTests {
  @Test func aSession() throws {
    let ground = try TemporaryFolder()
    let repository = ground.url.appendingPathComponent("repo")
    let rules = repository.appendingPathComponent(".aiwg/rules")
    let sources = repository.appendingPathComponent("src")
    for folder in [rules, sources] { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    let errors = "---\nseverity: HIGH\nglobs: ['src/**']\n---\n\n# Errors\n\nSee [the other](small-steps.md).\n"
    try Data(errors.utf8).write(to: rules.appendingPathComponent("errors.md"))
    try Data("# Small steps\n\nCommit often.\n".utf8).write(to: rules.appendingPathComponent("small-steps.md"))
    try Data("x\n".utf8).write(to: sources.appendingPathComponent("a.ts"))
    let made = try Program.shell("git init -q . && aiwg deploy -q --platforms cursor,codex", in: repository, environment: ["HOME": ground.url.path])
    guard made.status == 0 else { throw SetupError(made.errors) }

    let editor = try Editor(in: repository)
    let root = "file://" + repository.path
    let file = root + "/.aiwg/rules/errors.md"
    func at(_ line: Int, _ character: Int, in uri: String) -> [String: Any] {
      ["textDocument": ["uri": uri], "position": ["line": line, "character": character]]
    }

    #expect(try editor.ask("textDocument/hover", at(0, 0, in: file))["error"] != nil)
    let greeting = try editor.ask("initialize", ["rootUri": root, "capabilities": [String: Any]()])
    #expect((greeting["result"] as? [String: Any])?["capabilities"] != nil)
    editor.tell("initialized", [:])

    // What is on the disk is right; what is typed is not, and says so.
    editor.tell("textDocument/didOpen", ["textDocument": ["uri": file, "version": 1, "languageId": "markdown", "text": errors]])
    #expect(try editor.findings(of: file).isEmpty)
    editor.tell(
      "textDocument/didChange",
      [
        "textDocument": ["uri": file, "version": 2],
        "contentChanges": [["range": ["start": ["line": 1, "character": 10], "end": ["line": 1, "character": 14]], "text": "HUGE"]],
      ])
    let wrong = try #require(try editor.findings(of: file).first)
    #expect(wrong["code"] as? String == "frontmatter/unknown-value")
    #expect(wrong["severity"] as? Int == 1)
    #expect((wrong["range"] as? NSDictionary) == ["start": ["line": 1, "character": 10], "end": ["line": 1, "character": 14]])

    // A field that is nearly one: a warning, with a fix that brings it right.
    let misspelled = errors.replacingOccurrences(of: "severity:", with: "severty:")
    editor.tell("textDocument/didChange", ["textDocument": ["uri": file, "version": 3], "contentChanges": [["text": misspelled]]])
    #expect(try editor.findings(of: file).map { $0["code"] as? String } == ["frontmatter/unknown-field"])
    let range = ["start": ["line": 1, "character": 0], "end": ["line": 1, "character": 0]]
    let fixes = try editor.ask("textDocument/codeAction", ["textDocument": ["uri": file], "range": range, "context": [String: Any]()])
    let changes = ((fixes["result"] as? [[String: Any]])?.first?["edit"] as? [String: Any])?["changes"] as? [String: Any]
    #expect((changes?[file] as? [[String: Any]])?.first?["newText"] as? String == "severity")
    editor.tell("textDocument/didChange", ["textDocument": ["uri": file, "version": 4], "contentChanges": [["text": errors]]])
    #expect(try editor.findings(of: file).isEmpty)

    let hover = try editor.ask("textDocument/hover", at(0, 0, in: file))["result"] as? [String: Any]
    let words = (hover?["contents"] as? [String: Any])?["value"] as? String ?? ""
    #expect(words.contains("**rules/errors**"))
    #expect(words.contains("| codex, cursor | `AGENTS.md` |"))
    #expect(words.contains("- codex: `globs` is"))

    let key = try editor.ask("textDocument/hover", at(1, 2, in: file))["result"] as? [String: Any]
    #expect(((key?["contents"] as? [String: Any])?["value"] as? String ?? "").hasPrefix("`severity`: How much it weighs"))
    let configured = try editor.ask("textDocument/hover", at(0, 2, in: root + "/aiwg.yaml"))["result"] as? [String: Any]
    #expect(((configured?["contents"] as? [String: Any])?["value"] as? String ?? "").hasPrefix("`platforms`: The platforms that get files"))

    #expect(try editor.labels(at(0, 0, in: root + "/aiwg.yaml")).contains("version: "))
    let newer = "version: 2\ntargets: [cursor]\n"
    editor.tell("textDocument/didOpen", ["textDocument": ["uri": root + "/aiwg.yaml", "version": 1, "languageId": "yaml", "text": newer]])
    #expect(try editor.findings(of: root + "/aiwg.yaml").map { $0["code"] as? String } == ["project/newer"])
    editor.tell("textDocument/didClose", ["textDocument": ["uri": root + "/aiwg.yaml"]])

    #expect(try editor.labels(at(1, 10, in: file)) == ["CRITICAL", "HIGH", "MEDIUM", "LOW"])
    #expect(try editor.labels(at(2, 8, in: file)).contains("'src/**'"))
    #expect(try editor.labels(at(7, 16, in: file)).contains("rules/small-steps.md"))

    let link = try editor.ask("textDocument/definition", at(7, 18, in: file))["result"] as? [String: Any]
    #expect(link?["uri"] as? String == root + "/.aiwg/rules/small-steps.md")
    let lines = try String(contentsOf: repository.appendingPathComponent("AGENTS.md"), encoding: .utf8).components(separatedBy: "\n")
    let line = try #require(lines.firstIndex(of: "Commit often."))
    let origin = try editor.ask("textDocument/definition", at(line, 3, in: root + "/AGENTS.md"))["result"] as? [String: Any]
    #expect(origin?["uri"] as? String == root + "/.aiwg/rules/small-steps.md")
    #expect(((origin?["range"] as? [String: Any])?["start"] as? NSDictionary) == ["line": 2, "character": 0])

    // Whoever asks for what nobody knows hears that, and the session goes on.
    #expect(((try editor.ask("textDocument/rename", [:])["error"] as? [String: Any])?["code"] as? Int) == -32601)
    #expect(try editor.ask("textDocument/hover", at(0, 0, in: "file:///nowhere/x.md"))["result"] is NSNull)
    #expect(try editor.ask("shutdown", [:])["result"] is NSNull)
    editor.tell("exit", [:])
    #expect(editor.end() == 0)
  }

  /// An editor that goes away without a word, and one that speaks in riddles.
  @Test(arguments: [("", 1), ("Content-Length: x\r\n\r\n", 4)])
  func anEditorThatGoesAway(_ text: String, _ status: Int32) throws {
    let ground = try TemporaryFolder()
    let result = try Program.shell("printf '\(text.replacingOccurrences(of: "\r\n", with: "\\r\\n"))' | aiwg lsp", in: ground.url)
    #expect(result.status == status)
  }
}

/// An editor that says what a test wants, and waits for answers.
private final class Editor {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()
  private var waiting: [[String: Any]] = []
  private var number = 0

  init(in folder: URL) throws {
    guard let aiwg = Program.aiwg else { throw SetupError("no aiwg beside the tests") }
    process.executableURL = aiwg
    process.arguments = ["lsp", "--stdio"]
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  private func send(_ message: [String: Any]) {
    guard let data = try? JSONSerialization.data(withJSONObject: message) else { return }
    input.fileHandleForWriting.write(Data("Content-Length: \(data.count)\r\n\r\n".utf8) + data)
  }

  func tell(_ method: String, _ parameters: [String: Any]) { send(["jsonrpc": "2.0", "method": method, "params": parameters]) }

  /// The answer to a request; what comes before it waits.
  func ask(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
    number += 1
    send(["jsonrpc": "2.0", "id": number, "method": method, "params": parameters])
    while true {
      let message = try next()
      if message["id"] as? Int == number { return message }
      waiting.append(message)
    }
  }

  /// What is said of a document next.
  func findings(of uri: String) throws -> [[String: Any]] {
    while true {
      let message = try waiting.isEmpty ? next() : waiting.removeFirst()
      guard let parameters = message["params"] as? [String: Any], parameters["uri"] as? String == uri else { continue }
      return parameters["diagnostics"] as? [[String: Any]] ?? []
    }
  }

  func labels(_ parameters: [String: Any]) throws -> [String] {
    let found = try ask("textDocument/completion", parameters)["result"] as? [[String: Any]] ?? []
    return found.compactMap { $0["label"] as? String }
  }

  func end() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func next() throws -> [String: Any] {
    while true {
      if let head = buffer.range(of: Data("\r\n\r\n".utf8)) {
        let text = String(decoding: buffer[..<head.lowerBound], as: UTF8.self)
        guard let length = text.split(separator: " ").last.flatMap({ Int($0) }) else { throw SetupError("no length: \(text)") }
        if buffer.distance(from: head.upperBound, to: buffer.endIndex) >= length {
          let end = buffer.index(head.upperBound, offsetBy: length)
          let body = Data(buffer[head.upperBound..<end])
          buffer = Data(buffer[end...])
          guard let message = try JSONSerialization.jsonObject(with: body) as? [String: Any] else { throw SetupError("no message") }
          return message
        }
      }
      let piece = output.fileHandleForReading.availableData
      guard !piece.isEmpty else { throw SetupError("the server went away") }
      buffer.append(piece)
    }
  }
}
