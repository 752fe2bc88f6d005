import ArgumentParser
import Diagnostics
import Disk
import FileTree
import Git
import JSON
import ProjectFile

/// One of the projects that a run covers.
struct ProjectInRun {
  /// Where it is, from the root of all; empty for that one.
  var path = ""
  /// Folders of other projects inside of it, from its own root.
  var others: [TreePath] = []
  /// What git has, when that is looked at instead of the files.
  var files: GitFiles?

  /// What goes before its paths; empty for the root.
  var prefix: String { path.isEmpty ? "" : path + "/" }
}

/// The projects that a run from one place covers: what `projects:` in its aiwg.yaml names, each in turn.
struct ProjectsInRun {
  /// How the user calls the root; empty in the working directory.
  private let shownAs: String
  let all: [ProjectInRun]
  /// Whether nothing but the project itself is covered.
  var isAlone: Bool { all.count == 1 && all[0].path.isEmpty }

  /// - Throws: `CommandFailure` when a folder is named that is none, or holds no aiwg.yaml.
  init(_ options: CommonOptions, in files: GitFiles? = nil) throws {
    var ignored: [Diagnostic] = []
    let tree: RepositoryTree
    if let files {
      let (root, shown) = try Repository.place(options, in: files)
      (tree, shownAs) = (.git(files.tree.below(root)), shown)
    } else {
      let (root, shown) = try Repository.place(options, false)
      shownAs = shown
      do throws(TreeError) { tree = .disk(try DiskTree(root: root)) } catch {
        // Whoever opens the repository says what is wrong.
        all = [ProjectInRun()]
        return
      }
    }
    guard options.source == nil, let name = TreePath(Repository.configurationPath), let text = try tree.configuration(name, shownAs: shownAs),
      let file = ProjectFile(text, diagnostics: &ignored), !file.project.projects.isEmpty
    else {
      all = [ProjectInRun(files: files)]
      return
    }
    let paths: [TreePath]
    do throws(TreeError) { paths = try Self.paths(of: file, in: tree) } catch { throw CommandFailure(error, shownAs: shownAs) }
    let problems = Self.problems(of: file, paths, in: tree)
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
    let own = file.project.sources.isEmpty ? [] : [ProjectInRun(others: paths, files: files)]
    all = own + paths.map { path in ProjectInRun(path: path.text, others: paths.compactMap { $0.relative(to: path) }, files: files) }
  }

  /// The folders that are named, and those that a pattern fits and that are projects; each once, in order.
  private static func paths(of file: ProjectFile, in tree: RepositoryTree) throws(TreeError) -> [TreePath] {
    var out: Set<TreePath> = []
    for pattern in file.project.projects {
      var folders: [TreePath?] = [nil]
      for part in pattern.split(separator: "/").map(String.init) {
        var next: [TreePath?] = []
        for folder in folders {
          let names = part.contains("*") ? try tree.names(in: folder).filter { !$0.hasPrefix(".") && matches($0, pattern: part) } : [part]
          for name in names {
            guard let name = TreePath(name) else { continue }
            let path = folder?.appending(name) ?? name
            let isFolder = part.contains("*") ? try tree.observe(path) == .directory : true
            if isFolder { next.append(path) }
          }
        }
        folders = next
      }
      for case let path? in folders {
        let isMeant = pattern.contains("*") ? try isProject(path, in: tree) : true
        if isMeant { out.insert(path) }
      }
    }
    return out.sorted()
  }

  private static func isProject(_ folder: TreePath, in tree: RepositoryTree) throws(TreeError) -> Bool {
    guard let name = TreePath(Repository.configurationPath), case .file = try tree.observe(folder.appending(name)) else { return false }
    return true
  }

  private static func problems(of file: ProjectFile, _ paths: [TreePath], in tree: RepositoryTree) -> [Diagnostic] {
    file.project.projects.compactMap { pattern in
      guard let path = TreePath(pattern) else { return nil }
      if pattern.contains("*") {
        let fits = paths.contains { path in
          let (parts, patterns) = (path.text.split(separator: "/"), pattern.split(separator: "/"))
          return parts.count == patterns.count && zip(parts, patterns).allSatisfy { matches(String($0), pattern: String($1)) }
        }
        return fits
          ? nil
          : Diagnostic(
            .error, "project/no-projects", "no folder that fits `\(pattern)` has an aiwg.yaml", at: file.place(ofProjects: pattern),
            help: "correct the pattern, or begin a project with `aiwg init` in one of the folders")
      }
      if (try? isProject(path, in: tree)) == true { return nil }
      return Diagnostic(
        .error, "project/not-a-project", "`\(pattern)` has no aiwg.yaml", at: file.place(ofProjects: pattern),
        help: "correct the path, or begin a project with `aiwg init --target \(pattern)`")
    }
  }

  /// The same options for one of the projects.
  func options(_ options: CommonOptions, for project: ProjectInRun) -> CommonOptions {
    guard !project.path.isEmpty, project.files == nil else { return options }
    var own = options
    if options.target != nil { own.target = shownAs + project.path } else { own.directory = shownAs + project.path }
    return own
  }
}

extension ParsableCommand {
  /// As `reporting`, for each project that the run covers; one that ends early keeps no other from its turn, and the worst exit code counts.
  ///
  /// - Parameter version: whose files are looked at; nil for those on disk.
  func reportingProjects(
    _ options: CommonOptions, in formats: [OutputFormat] = [.text, .json], of version: VersionOptions? = nil,
    _ work: (Environment, CommonOptions, ProjectInRun) throws -> ExitStatus
  ) throws {
    try reporting(options, in: formats) { environment in
      let projects = try ProjectsInRun(options, in: version?.opened(options))
      guard !projects.isAlone else { return try work(environment, options, projects.all[0]) }
      let name = Self.configuration.commandName ?? Self._commandName
      var worst = ExitStatus.fine
      var reports: [JSONValue] = []
      var findings: [FindingReport] = []
      let isData = options.format != .text
      for project in projects.all {
        let own = projects.options(options, for: project)
        let (held, text, heldReports) = environment.holding()
        if !isData, environment.verbosity >= 0, name != "diff" { environment.print("\(project.path.isEmpty ? "." : project.path):\n") }
        var status: ExitStatus
        do {
          status = try work(isData ? held : environment, own, project)
        } catch let failure as CommandFailure {
          environment.endProgress()
          status = failure.status
          failure.tell(command: name, in: isData ? held : environment, options.format)
        }
        reports.append(.object([("project", .text(project.path.isEmpty ? "." : project.path)), ("report", .written(text()))]))
        findings += heldReports()
        if status.rawValue > worst.rawValue { worst = status }
      }
      if options.format == .json {
        environment.print(
          JSONValue.object([
            ("version", .number(1)), ("command", .text(name)), ("exit", .number(Int(worst.rawValue))), ("projects", .list(reports)),
          ]).text)
      } else if isData {
        environment.deliver(FindingReport(command: name, joining: findings), in: options.format)
      }
      return worst
    }
  }
}

/// Outputs that lie in the folder of another project, which owns all that is there.
func findingsAboutOtherProjects(_ outputs: [DesiredOutput], _ others: [TreePath], in repository: Repository) -> [Diagnostic] {
  guard !others.isEmpty else { return [] }
  return outputs.compactMap { output in
    guard let other = others.first(where: { output.path.isInside($0) }) else { return nil }
    return Diagnostic(
      .error, "project/other-project", "`\(output.path)` lies in `\(other)`, which is a project of its own",
      at: SourcePlace(path: output.origins.first ?? repository.shownAs + output.path.text),
      help: "put it into the tree of that project, or choose another `path` in platforms.yaml")
  }
}
