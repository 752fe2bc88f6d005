import ArgumentParser
import Diagnostics
import JSON
import ProjectFile

/// The command `aiwg doctor`.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at the installation and the repository, and say what is wrong and what to do.",
    discussion: """
      Looks at aiwg and git, at aiwg.yaml, aiwg.lock and the sources, at aiwg.local.yaml, at runs that were interrupted or are at work, at the platforms that \
      are selected, and at what disturbs them: other programs that write the same files, formatters, what git ignores, and what the \
      file system cannot do. It writes nothing, and waits for nobody.

      Exits with 1 when there is an error, with --strict also when there is a warning.

      Examples:
        aiwg doctor
        aiwg doctor --strict
        aiwg doctor --format json
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("strict"), help: "Exit with 1 for warnings too.")
  var isStrict = false

  func validate() throws {
    if common.scope == .user { throw ValidationError("aiwg doctor looks at a repository; leave out --scope user") }
  }

  func run() throws {
    try reportingProjects(common) { environment, common, _ in
      let examination = try Examination(common)
      let (errors, warnings) = (examination.count(.error), examination.count(.warning))
      let status: ExitStatus = errors > 0 || (isStrict && warnings > 0) ? .drift : .fine
      if common.format == .json {
        environment.print(examination.json(status).text)
      } else {
        environment.print(examination.text(in: environment))
        if environment.verbosity >= 0 { environment.print("\(counted(errors, "error")), \(counted(warnings, "warning"))\n") }
      }
      return status
    }
  }
}

/// One thing that was looked at.
struct Checkup {
  enum Standing: String, CaseIterable { case ok, warning, error }

  var standing: Standing
  var id: String
  var message: String
  var place: SourcePlace?
  var notes: [String] = []
  var help: String?

  init(_ standing: Standing, _ id: String, _ message: String, at place: SourcePlace? = nil, help: String? = nil) {
    (self.standing, self.id, self.message, self.place, self.help) = (standing, "doctor/" + id, message, place, help)
  }

  /// What another command would say, under the id that it has there.
  init(_ diagnostic: Diagnostic) {
    standing = diagnostic.severity == .error ? .error : .warning
    (id, message, place, notes, help) = (diagnostic.id, diagnostic.message, diagnostic.place, diagnostic.notes, diagnostic.help)
  }
}

extension Examination {
  func count(_ standing: Checkup.Standing) -> Int { checkups.count { $0.standing == standing } }

  /// A line for each, with what to do below it; quiet, without what is fine.
  func text(in environment: Environment) -> String {
    let colors: [Checkup.Standing: String] = [.ok: "32", .warning: "33", .error: "31"]
    return checkups.filter { environment.verbosity >= 0 || $0.standing != .ok }.map { one in
      let word = one.standing.rawValue
      let gap = String(repeating: " ", count: 9 - word.count)
      let place = one.place.map { "\($0.shown): " } ?? ""
      var out = environment.paint(word, colors[one.standing] ?? "0") + gap + (place + one.message).escapedForDisplay
      if one.standing != .ok { out += " [\(one.id)]" }
      for note in one.notes { out += "\n         " + note.escapedForDisplay }
      if let help = one.help { out += "\n         help: " + help.escapedForDisplay }
      return out + "\n"
    }.joined()
  }

  /// For programs.
  func json(_ status: ExitStatus) -> JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("doctor")), ("exit", .number(Int(status.rawValue))),
      ("errors", .number(count(.error))), ("warnings", .number(count(.warning))),
      (
        "checks",
        .list(
          checkups.map { one in
            .object([
              ("id", .text(one.id)), ("standing", .text(one.standing.rawValue)), ("message", .text(one.message)),
              ("path", .optional(one.place?.path)), ("line", .optional(one.place?.line)), ("notes", .texts(one.notes)),
              ("help", .optional(one.help)),
            ])
          })
      ),
    ])
  }
}

extension SourcePlace {
  fileprivate var shown: String { line.map { "\(path):\($0)" } ?? path }
}
