import Diagnostics
import Disk
import JSON
import LanguageServer

/// What was said between an editor and aiwg, and what is to be said next.
struct EditorSession {
  /// How the process ends; nil while it goes on.
  private(set) var end: ExitStatus?

  private var workspace: EditorWorkspace
  private var isInitialized = false
  private var isShutDown = false
  private var isStale = false
  /// Addresses of documents for which findings were sent.
  private var told: Set<String> = []

  init(options: CommonOptions) { workspace = EditorWorkspace(options: options) }

  /// Answers a message; notifications have none.
  mutating func take(_ message: EditorMessage) -> [JSONValue] {
    guard let id = message.id else {
      hear(message)
      return []
    }
    if isShutDown { return [.failure(id, code: -32600, "the session was shut down")] }
    guard isInitialized || message.method == "initialize" else { return [.failure(id, code: -32002, "not initialized yet")] }
    switch message.method {
    case "initialize":
      isInitialized = true
      workspace.open(message.parameters)
      return [.answer(id, Self.capabilities)]
    case "shutdown":
      isShutDown = true
      return [.answer(id, .null)]
    case "textDocument/hover": return [.answer(id, workspace.hover(message.parameters) ?? .null)]
    case "textDocument/completion": return [.answer(id, workspace.completions(message.parameters))]
    case "textDocument/definition": return [.answer(id, workspace.definition(message.parameters) ?? .null)]
    case "textDocument/codeAction": return [.answer(id, workspace.fixes(message.parameters))]
    default: return [.failure(id, code: -32601, "aiwg knows no `\(message.method)`")]
    }
  }

  private mutating func hear(_ message: EditorMessage) {
    switch message.method {
    case "exit": end = isShutDown ? .fine : .drift
    case "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "workspace/didChangeWatchedFiles",
      "initialized":
      workspace.take(message)
      isStale = true
    default: break
    }
  }

  /// What the editor has to hear before aiwg waits for it.
  mutating func news() -> [JSONValue] {
    guard isStale, isInitialized, !isShutDown else { return [] }
    isStale = false
    let found = workspace.look()
    let gone = told.subtracting(found.keys)
    told = Set(found.keys)
    return (found.sorted { $0.key < $1.key } + gone.sorted().map { ($0, []) }).map { address, findings in
      .notification("textDocument/publishDiagnostics", .object([("uri", .text(address)), ("diagnostics", .list(findings))]))
    }
  }

  private static var capabilities: JSONValue {
    .object([
      (
        "capabilities",
        .object([
          ("positionEncoding", .text("utf-16")),
          ("textDocumentSync", .object([("openClose", .bool(true)), ("change", .number(2)), ("save", .bool(true))])),
          ("hoverProvider", .bool(true)), ("definitionProvider", .bool(true)),
          ("completionProvider", .object([("triggerCharacters", .texts(["@", "/", ":", "(", " "]))])),
          ("codeActionProvider", .object([("codeActionKinds", .texts(["quickfix"]))])),
        ])
      ),
      ("serverInfo", .object([("name", .text("aiwg")), ("version", .text(Release.version))])),
    ])
  }
}
