import Diagnostics
import FileTree
import JSON

/// What ends a command before it has a result.
struct CommandFailure: Error {
  var status: ExitStatus
  var diagnostics: [Diagnostic]

  init(_ status: ExitStatus, diagnostics: [Diagnostic]) {
    self.status = status
    self.diagnostics = diagnostics
  }

  init(_ status: ExitStatus, _ message: String, id: String = "machine/failed", at place: SourcePlace? = nil, help: String? = nil) {
    self.init(status, diagnostics: [Diagnostic(.error, id, message, at: place, help: help)])
  }

  /// For programs.
  func json(command: String, in environment: Environment) -> JSONValue {
    .object([
      ("version", .number(1)), ("command", .text(command)), ("exit", .number(Int(status.rawValue))),
      ("diagnostics", .list(environment.located(diagnostics).inReadingOrder().map(\.json))),
    ])
  }

  /// Says what went wrong in the format that was asked for.
  func tell(command: String, in environment: Environment, _ format: OutputFormat) {
    switch format {
    case .text: environment.report(diagnostics)
    case .json: environment.print(json(command: command, in: environment).text)
    case .sarif, .github, .junit: environment.deliver(FindingReport(command: command, environment.located(diagnostics)), in: format)
    }
  }

  /// What went wrong at a path of a tree: the machine failed, or something is in the way.
  init(_ error: TreeError, shownAs prefix: String) {
    self.init(error.isInTheWay ? .blocked : .machine, diagnostics: [error.diagnostic("machine/failed", shownAs: prefix)])
  }
}
