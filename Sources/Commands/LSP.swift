import ArgumentParser
import Diagnostics
import Disk
import JSON
import LanguageServer

/// The command `aiwg lsp`.
struct LSP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor: what lint finds while you type, and what each platform gets of a file.",
    discussion: """
      Speaks the Language Server Protocol on standard input and output, and ends when the editor says so or goes away. It reads, and never writes: \
      edits are proposed to the editor. docs/editors.md says how editors are set up.

      Examples:
        aiwg lsp
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("stdio"), help: "What some editors add; it is how it speaks anyway.")
  var speaksOnStandardStreams = false

  func run() throws {
    var session = EditorSession(options: common)
    var frames = MessageFrames()
    while true {
      while let bytes = try next(&frames) {
        guard let message = EditorMessage(bytes) else { continue }
        for answer in session.take(message) { send(answer) }
        if let status = session.end { throw status }
      }
      // Before it waits, it says what is new; while more is on the way, that would be old at once.
      if !Machine.hasInput { for news in session.news() { send(news) } }
      guard let piece = Machine.readInput(), !piece.isEmpty else { throw ExitStatus.drift }
      frames.add(piece)
    }
  }

  private func send(_ message: JSONValue) { _ = Machine.write(framed(message), to: .output) }

  private func next(_ frames: inout MessageFrames) throws -> [UInt8]? {
    do throws(MessageFrames.Broken) {
      return try frames.next()
    } catch {
      common.environment.report([Diagnostic(.error, "editor/broken", "what the editor says cannot be read: \(error.reason)")])
      throw ExitStatus.machine
    }
  }
}
