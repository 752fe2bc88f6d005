import ArgumentParser
import Disk
import ProjectFile

/// How a result is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, github, junit }

extension Project.Scope: ExpressibleByArgument {}

/// When colour is used.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

/// What every command that looks at a repository takes.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customShort("C"), help: ArgumentHelp("Start in this directory; aiwg.yaml is searched from there upward.", valueName: "dir"),
    completion: .directory)
  var directory: String?

  @Option(help: ArgumentHelp("The repository to work on; aiwg.yaml is taken from it alone.", valueName: "dir"), completion: .directory)
  var target: String?

  @Option(help: ArgumentHelp("`project` for a repository, `user` for your home directory, and so for every repository.", valueName: "scope"))
  var scope: Project.Scope = .project

  @Option(help: ArgumentHelp("The canonical tree to deploy, instead of the recorded sources.", valueName: "dir"), completion: .directory)
  var source: String?

  @Option(help: ArgumentHelp("Take translations in this language where there are any.", valueName: "tag"))
  var locale: String?

  @Option(
    help: ArgumentHelp("`text` for people, `json` for programs; `sarif`, `github` and `junit` where a command has findings.", valueName: "format"))
  var format: OutputFormat = .text

  @Option(help: ArgumentHelp("`auto`, `always` or `never`; NO_COLOR counts too.", valueName: "when"))
  var color: ColorChoice = .auto

  @Flag(name: .customLong("no-wait"), help: "Exit with 5 at once when another run is at work here, instead of waiting for it.")
  var waitsNot = false

  @Flag(name: .shortAndLong, help: "Print errors and results only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print every output and every loss.")
  var verbose = false

  func validate() throws {
    if directory != nil && target != nil { throw ValidationError("-C and --target both name where to start; give one of them") }
    if scope == .user, directory != nil || target != nil {
      throw ValidationError("--scope user works on your home directory; leave out \(target == nil ? "-C" : "--target")")
    }
    if quiet && verbose { throw ValidationError("-q and -v exclude each other") }
  }

  var environment: Environment {
    let isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: Machine.isTerminal(.output) && Machine.isTerminal(.errors) && (Machine.variable("NO_COLOR") ?? "").isEmpty
      }
    return Environment(isColored: isColored, verbosity: quiet ? -1 : verbose ? 1 : 0, homePrefix: homePrefix)
  }
}

/// What every command that changes a repository takes.
struct WriteOptions: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Overwrite what is in the way, after its bytes are saved under .aiwg/state/saved.")
  var force = false

  @Flag(name: .customLong("skip-invalid"), help: "Leave out artifacts with errors, record that in aiwg.yaml, and exit with 1.")
  var skipsInvalid = false
}

/// How files of platforms become artifacts.
struct JoiningOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Whose version counts where platforms differ, the first one most.", valueName: "a,b"), completion: .platforms)
  var prefer: String?

  @Flag(help: "Make a rule of each heading of the second level in a text, instead of one of all of it.")
  var split = false
}
