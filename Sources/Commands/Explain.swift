import ArgumentParser
import Diagnostics
import Disk
import FileTree
import JSON
import Platforms
import Reading

/// The command `aiwg explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what a platform loads here, in its own order, whoever wrote it.",
    discussion: """
      With a FILE, also what loads when somebody works on that file. Tokens are estimated: one for every 3.8 bytes, which is within a fifth \
      of the truth for nine of ten English files.

      Examples:
        aiwg explain --platform claude-code
        aiwg explain src/api/users.ts --platform cursor
        aiwg explain --platform copilot --surface CLI --format json
        aiwg explain --line AGENTS.md:42
        aiwg explain --why AGENTS.md
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("A file that is worked on; it need not be there.", valueName: "file"), completion: .file())
  var file: String?

  @Option(help: ArgumentHelp("The platform, by id or alias.", valueName: "name"), completion: .platform)
  var platform: String?

  @Option(
    help: ArgumentHelp("Instead: the line of the canonical tree that this line of an output is from.", valueName: "file:line"),
    completion: .file())
  var line: String?

  @Option(help: ArgumentHelp("Instead: why this output is there, and which places were passed over for it.", valueName: "file"), completion: .file())
  var why: String?

  @Option(help: ArgumentHelp("One product of a platform that has several; all are shown otherwise.", valueName: "name"))
  var surface: String?

  func validate() throws {
    guard [platform, line, why].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --platform, --line and --why")
    }
    if platform == nil && (file != nil || surface != nil) { throw ValidationError("a file and a --surface go with --platform alone") }
  }

  func run() throws {
    try reporting(common) { environment in
      if line != nil || why != nil || file != nil { try common.requireProject("explain") }
      if let line {
        let origin = try LineOrigin(line, common)
        environment.print(common.format == .json ? origin.json.text : origin.text)
        return .fine
      }
      if let why {
        let reasons = try OutputReasons(of: why, common)
        environment.print(common.format == .json ? reasons.json.text : reasons.text)
        return .fine
      }
      let repository = try Repository.find(common, to: .reading, isWhole: true)
      let catalog = try PlatformCatalog.known(in: repository, common)
      try repository.mountRoots(of: catalog, trustsRecord: true)
      let platform = try catalog.named(platform ?? "")
      guard platform.isSelectable else { throw platform.hasNoUserScope(at: nil) }
      let surfaces = try surfaces(of: platform)
      let inPlay = try file.map { try repository.path(of: $0) }
      do throws(TreeError) {
        // A home directory is not searched, but looked at where the platform reads.
        let found = repository.user == nil ? try repository.tree.entries(under: nil) : try entries(readBy: [platform], of: repository.tree)
        let files = try FileList(found, of: repository.tree)
        let report = try ExplainReport(platform, surfaces, files, repository.tree, inPlay: inPlay)
        environment.print(common.format == .json ? report.json.text : report.text(environment))
      } catch {
        throw CommandFailure(error, shownAs: repository.shownAs)
      }
      return .fine
    }
  }

  private func surfaces(of platform: Platform) throws -> [String] {
    guard let surface else { return platform.surfaces }
    if let known = (platform.surfaces + platform.reviewers).first(where: { !$0.isEmpty && $0.lowercased() == surface.lowercased() }) {
      return [known]
    }
    let names = (platform.surfaces + platform.reviewers).filter { !$0.isEmpty }
    let help = names.isEmpty ? "it has only one; leave the option out" : "it has " + names.map { "`\($0)`" }.joined(separator: " and ")
    throw CommandFailure(.invalid, "`\(platform.id)` has no surface `\(surface)`", id: "usage/unknown-surface", help: help)
  }
}

extension Repository {
  /// A file that the user named, as a path of the repository.
  /// - Throws: `CommandFailure` when it lies outside.
  func path(of file: String) throws(CommandFailure) -> TreePath {
    let absolute = normalized(try absolutePath(file))
    let prefix = root == "/" ? "/" : root + "/"
    if absolute.hasPrefix(prefix), let path = TreePath(String(absolute.dropFirst(prefix.count))) { return path }
    throw CommandFailure(
      .invalid, "`\(file)` is not in the repository", id: "usage/outside", help: "name a file below `\(root)`, from the working directory")
  }
}
