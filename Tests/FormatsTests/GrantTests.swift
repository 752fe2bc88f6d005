import ContextModel
import FileTree
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

/// No output lets an agent do more than the artifact says.
@Suite struct GrantTests {
  /// What tools let an agent do, by the words of platforms; written down apart from platforms.yaml.
  private static let abilities: [String: Set<String>] = [
    "read": [
      "Read", "NotebookRead", "Glob", "Grep", "LS", "read", "search", "glob", "grep", "list", "read_file", "grep_search", "list_directory", "view",
      "file_editor",
    ],
    "change": [
      "Write", "Edit", "MultiEdit", "NotebookEdit", "Create", "edit", "write_file", "replace", "write", "save-file",
      "str-replace-editor", "file_editor",
    ],
    "run": ["Bash", "Execute", "execute", "bash", "run_shell_command", "shell", "terminal", "launch-process"],
    "fetch": ["WebFetch", "FetchUrl", "webfetch", "web_fetch", "web-fetch"],
    "search the web": ["WebSearch", "websearch", "google_web_search", "web-search"],
    "note": ["TodoWrite", "todo", "todowrite", "write_todos", "task_tracker"],
    "delegate": ["Task", "Agent", "agent", "task"],
    "ask": ["AskUserQuestion", "AskUser", "ask_user"],
  ]

  /// Of one word; a word that nobody knows, or that limits a tool to some of its uses, is an ability of its own.
  private func abilities(of word: String) -> Set<String> {
    if word == "web" { return ["fetch", "search the web"] }
    let found = Self.abilities.filter { $0.value.contains(word) }.keys
    return found.isEmpty ? [word] : Set(found)
  }

  private func words(_ value: FieldValue) -> [String] {
    if let list = value.textList, case .list = value { return list }
    guard case .text(let text) = value else { return [] }
    var parts = [""]
    var depth = 0
    for character in text {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// What an output grants: nil when nothing in its head limits it.
  private func granted(by text: String) -> Set<String>? {
    // What a body says of tools is no head.
    let all = text.components(separatedBy: "\n")
    guard all.first == "---" else { return nil }
    let lines = Array(all.dropFirst().prefix { $0 != "---" })
    guard let start = lines.firstIndex(where: { $0.hasPrefix("tools:") || $0.hasPrefix("permission:") }) else { return nil }
    let first = lines[start].drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
    if lines[start].hasPrefix("permission:") {
      let entries = lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.map { $0.trimmingCharacters(in: .whitespaces) }
      guard entries.first == "\"*\": deny" else { return nil }
      return Set(entries.filter { $0.hasSuffix(": allow") }.flatMap { abilities(of: String($0.dropLast(": allow".count))) })
    }
    if !first.isEmpty {
      let inline = first.hasPrefix("[") ? String(first.dropFirst().dropLast()) : first
      return Set(words(.text(inline)).flatMap { abilities(of: $0.trimmingCharacters(in: ["\"", "'"])) })
    }
    let items = lines[(start + 1)...].prefix { $0.trimmingCharacters(in: .whitespaces).hasPrefix("- ") }
    return Set(items.flatMap { abilities(of: $0.trimmingCharacters(in: .whitespaces).dropFirst(2).trimmingCharacters(in: ["\"", "'"])) })
  }

  /// What is wrong with how an agent came out; nil when it grants nothing more.
  private func problem(_ agent: Artifact, _ text: String) -> String? {
    let tools = [agent.fields["tools"], agent.fields["allowed-tools"]].lazy.compactMap(\.self).first { $0 != .null }
    let isReadOnly = agent.fields["readonly"] == .bool(true)
    let granted = granted(by: text)
    if let tools {
      let own = Set(words(tools).flatMap(abilities))
      if let granted {
        let more = granted.subtracting(own)
        return more.isEmpty ? nil : "grants \(more.sorted()) beside \(own.sorted())"
      }
      let said = words(tools).isEmpty ? "Use no tools." : "Use no tools but these: " + words(tools).map { "`\($0)`" }.joined(separator: ", ") + "."
      if !text.contains(said) { return "limits nothing, and says nothing of \(words(tools))" }
    }
    let changes = granted.map { !$0.isDisjoint(with: ["change", "run", "delegate"]) } ?? !text.contains("readonly: true")
    return isReadOnly && changes && !text.contains("Change no files.") ? "may change files" : nil
  }

  private func problems(_ tree: ContextTree, _ catalog: PlatformCatalog) throws -> (agents: Int, problems: [String]) {
    var problems: [String] = []
    let agents = tree.artifacts.filter { $0.id.kind == .agent && ($0.fields["tools"] != nil || $0.fields["allowed-tools"] != nil) }
    for platform in catalog.platforms {
      let rendered = Rendered(tree, for: [platform.id], in: catalog)
      let texts = rendered.texts
      for delivery in rendered.layout.deliveries where delivery.artifact.id.kind == .agent {
        if let problem = problem(delivery.artifact, texts[delivery.path.text] ?? "") {
          problems.append("\(platform.id), \(delivery.artifact.id): \(problem)")
        }
      }
    }
    return (agents.count, problems)
  }

  @Test func nothingIsWidenedInARealTree() throws {
    guard let directory = sharedDirectory("corpus/aiwg"), let files = memoryTree(of: directory) else {
      return print("skipped: there is no corpus/aiwg beside the checkout")
    }
    let catalog = try shippedCatalog()
    let found = try problems(try artifacts(in: files, catalog: catalog, lenient: true), catalog)
    #expect(found.agents > 100)
    #expect(found.problems == [])
    print("tools: \(found.agents) agents on \(catalog.platforms.count) platforms, \(found.problems.count) widened")
  }

  /// Every tool alone and in pairs, parts of tools, tools that nobody knows, none, and agents that change nothing.
  @Test func nothingIsWidenedAtTheEdges() throws {
    let tools = [
      "Read", "NotebookRead", "Write", "Edit", "MultiEdit", "NotebookEdit", "Bash", "Bash(git *)", "Glob", "Grep", "LS", "WebFetch", "WebSearch",
      "TodoWrite", "Task", "Agent", "AskUserQuestion", "mcp__tickets__get", "Frobnicate", "*", "read", "all",
    ]
    var lists = [[]] + tools.map { [$0] }
    for (index, first) in tools.enumerated() { for second in tools[(index + 1)...] { lists.append([first, second]) } }
    var archive = "Agents.\n"
    for (number, list) in lists.enumerated() {
      let written = "tools: [" + list.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
      archive += "-- agents/a\(number).md --\n---\ndescription: An agent.\n\(written)\n---\nWork.\n"
      if list.count < 2 { archive += "-- agents/r\(number).md --\n---\ndescription: An agent.\n\(written)\nreadonly: true\n---\nWork.\n" }
    }
    archive += "-- agents/r.md --\n---\ndescription: An agent.\nreadonly: true\n---\nWork.\n"
    let catalog = try shippedCatalog()
    #expect(try problems(try artifacts(archive, catalog: catalog), catalog).problems == [])
  }
}
