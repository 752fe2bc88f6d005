import ArgumentParser
import Diagnostics
import Disk
import JSON

/// The command `aiwg` and its subcommands.
struct Aiwg: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aiwg",
    abstract: "Render one tree of AI context into the files that every AI coding platform reads.",
    discussion: """
      Examples:
        aiwg deploy --platforms claude-code,codex    choose platforms and write their files
        aiwg sync                                    bring the files in line after an edit of the tree
        aiwg check                                   exit with 1 when they are not: for CI

      Exit codes: 0 fine; 1 drift or findings; 2 the tree or the configuration is wrong; 3 something of yours is in the way \
      and nothing was written; 4 the machine failed; 5 another run is at work here; 64 wrong \
      usage; 130 and 143 a signal came, and what was begun was undone.
      """,
    version: Release.version,
    subcommands: [
      Init.self, ImportCommand.self, Convert.self, Deploy.self, Sync.self, Update.self, Check.self, Diff.self, Status.self, Explain.self, Lint.self,
      Audit.self, Translate.self, Verify.self, LSP.self, ListPlatforms.self, ListLibrary.self, Remove.self, Restore.self,
      ReportCommand.self, SchemaCommand.self, Doctor.self, Watch.self,
    ])
}

/// Runs aiwg with the arguments of the process; returns the exit code.
package func run() -> Int32 {
  let arguments = Machine.arguments
  Machine.fillStandardStreams()
  Machine.makeLimitsErrors()
  Machine.watchSignals()
  do {
    var command = try Aiwg.parseAsRoot(arguments)
    try command.run()
    return ExitStatus.fine.rawValue
  } catch let status as ExitStatus {
    return status.rawValue
  } catch {
    let code = Aiwg.exitCode(for: error).rawValue
    let message = Aiwg.fullMessage(for: error)
    // It may quote what was typed.
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapedForDisplay + "\n" }
    guard !message.isEmpty, case .failed(let reason) = Machine.write(lines.joined(), to: code == 0 ? .output : .errors), code == 0 else {
      return code
    }
    _ = Machine.write(TextRenderer(colored: false).render(Environment.failure(reason)), to: .errors)
    return ExitStatus.machine.rawValue
  }
}

extension ParsableCommand {
  /// Runs the work of a command; what ends it early is reported in the format that was asked for.
  ///
  /// - Parameter formats: those that the command has.
  func reporting(_ options: CommonOptions, in formats: [OutputFormat] = [.text, .json], _ work: (Environment) throws -> ExitStatus) throws {
    guard formats.contains(options.format) else {
      let known = formats.map { "`\($0.rawValue)`" }.joined(separator: " and ")
      throw ValidationError("this command has no format `\(options.format.rawValue)`, but \(known)")
    }
    let environment = options.environment
    var status: ExitStatus
    do {
      status = try work(environment)
    } catch let failure as CommandFailure {
      environment.endProgress()
      failure.tell(command: Self.configuration.commandName ?? Self._commandName, in: environment, options.format)
      status = failure.status
    }
    status = environment.closing(status)
    if status != .fine { throw status }
  }
}
