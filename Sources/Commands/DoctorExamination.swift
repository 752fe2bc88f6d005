import Applying
import ContextModel
import Diagnostics
import Disk
import FileTree
import Git
import Linting
import Planning
import Platforms
import ProjectFile

/// What `aiwg doctor` found, in the order in which it looked: each check goes as far as the ones before it allow.
struct Examination {
  private(set) var checkups: [Checkup] = []
  private let options: CommonOptions
  private let root: String
  private let shownAs: String
  private let git: GitProgram?

  /// - Throws: `CommandFailure` when there is no such folder.
  init(_ options: CommonOptions) throws {
    self.options = options
    (root, shownAs) = try Repository.place(options, false)
    git = GitProgram(in: root)
    try examineInstallation()
    let history = examineGit()
    do throws(TreeError) {
      // Without the lock: nothing is written, and a run that is at work is told instead of waited for.
      let tree = try DiskTree(root: root)
      let repository = Repository(
        root: normalized(root), shownAs: shownAs, tree: .disk(tree), disk: tree, lock: try RunLock(on: tree), pending: try PendingRun(in: tree))
      try examineRuns(repository)
      checkups += try checkupsOfFileSystem(tree, git: git)
      checkups += try checkupsOfOtherPrograms(tree, shownAs: shownAs)
      guard let configuration = examineProject(repository) else { return }
      let record = try examineRecord(repository)
      let (sources, platforms) = examineTree(configuration, repository)
      examineOverlay(repository, onto: sources, selected: platforms, history)
      examineIgnored(record, history, commitsOutputs: configuration.project.commitsOutputs)
    } catch {
      checkups.append(Checkup(error.diagnostic("machine/failed", shownAs: shownAs)))
    }
  }

  private mutating func examineInstallation() throws {
    let header = try Release.header()
    let count = try Sources.shippedCatalog().platforms.count
    let data = "\(counted(count, "platform")) and the library are compiled in, data \(header.data)"
    checkups.append(Checkup(.ok, "version", "aiwg \(header.version); " + data))
  }

  private mutating func examineGit() -> GitHistory? {
    guard let git else {
      checkups.append(
        Checkup(
          .warning, "git", "there is no git that answers",
          help: "install git 2.29 or newer: sources with `git:`, `--staged`, `--rev` and `diff --context` need it"))
      return nil
    }
    if git.numbers.lexicographicallyPrecedes([2, 29]) {
      checkups.append(Checkup(.warning, "git", "git \(git.version) cannot fetch sources with `git:`", help: "install git 2.29 or newer"))
    } else {
      checkups.append(Checkup(.ok, "git", "git \(git.version)"))
    }
    if let history = GitHistory(root: root) {
      checkups.append(Checkup(.ok, "repository", "this is a work tree of git"))
      return history
    }
    var folder = normalized(root)
    while !Machine.exists(folder + "/.git"), let slash = folder.lastIndex(of: "/"), folder.count > 1 {
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    checkups.append(
      Machine.exists(folder + "/.git")
        ? Checkup(.warning, "repository", "git does not answer here", help: "`git status` says why; often the folder belongs to somebody else")
        : Checkup(.warning, "repository", "this is no git repository", help: "`git init` makes one; outputs and aiwg.lock are meant to be committed"))
    return nil
  }

  private mutating func examineRuns(_ repository: Repository) throws(TreeError) {
    // A lock of its own, which goes with this value: the answer is wanted, not the lock.
    switch try RunLock(on: repository.disk).attempt(.reading) {
    case .taken: break
    case .busy(let process):
      let who = process.map { "process \($0)" } ?? "another run"
      let help = "wait until it has ended; when it hangs, end it: the next run puts things right"
      checkups.append(Checkup(.warning, "lock", "\(who) is at work here and holds the lock", help: help))
    case .unknown:
      let help = "let one run at a time work here"
      checkups.append(Checkup(.warning, "lock", "this file system knows no locks, so that two runs are not kept apart", help: help))
    }
    guard let pending = repository.pending.diagnostic(shownAs: shownAs) else { return }
    checkups.append(Checkup(pending))
  }

  private mutating func examineProject(_ repository: Repository) -> Configuration? {
    let (path, options) = (shownAs + Repository.configurationPath, options)
    return attempt { _ throws in
      guard try repository.bytes(of: Repository.configurationPath) != nil else {
        return .failure(
          Checkup(
            .warning, "project", "there is no aiwg.yaml here", at: SourcePlace(path: path),
            help: "`aiwg deploy` writes one, `aiwg init` begins a tree, and `aiwg import` makes one of the files that are here"))
      }
      let configuration = try Configuration(in: repository, options, mayBeMissing: false)
      let sources = counted(configuration.project.sources.count, "source")
      return .success(configuration, Checkup(.ok, "project", "valid, with \(sources)", at: SourcePlace(path: path)))
    }
  }

  private mutating func examineRecord(_ repository: Repository) throws(TreeError) -> RecordFile {
    var found: [Diagnostic] = []
    let file = try RecordFile(from: repository.tree, findings: &found)
    checkups += found.filter { $0.severity != .note }.map { Checkup($0) }
    let place = SourcePlace(path: shownAs + Repository.recordPath)
    guard file.bytes != nil else {
      checkups.append(Checkup(.warning, "lock-file", "nothing was deployed here yet", at: place, help: "run `aiwg deploy`"))
      return file
    }
    if let written = (file.committed.header?.version).flatMap({ Version($0) }), let own = Version(Release.version), own < written {
      let help = "use aiwg \(written) or newer; `requires:` in aiwg.yaml keeps everybody's versions together"
      checkups.append(Checkup(.warning, "newer-lock", "it was written by aiwg \(written), and this is \(own)", at: place, help: help))
    } else if !found.hasErrors {
      checkups.append(Checkup(.ok, "lock-file", "it lists \(counted(file.record.claims.count, "output"))", at: place))
    }
    return file
  }

  /// The sources, the platforms, and what lint says of both; the first two when they can be read.
  private mutating func examineTree(_ configuration: Configuration, _ repository: Repository) -> (Sources?, platforms: [String]) {
    let sources: Sources? = attempt { _ throws in .success(try Sources(configuration, in: repository, skipsInvalid: true), nil) }
    guard let sources else { return (nil, []) }
    let artifacts = sources.tree.artifacts.count + sources.settings.count
    checkups.append(
      artifacts > 0
        ? Checkup(.ok, "sources", "the sources are there and hold \(counted(artifacts, "artifact"))")
        : Checkup(.warning, "sources", "the sources hold nothing that can be deployed", help: "`aiwg lint` says what is wrong with them"))
    let selection: Selection? = attempt { examination throws in
      guard configuration.project.platforms != nil else {
        return .failure(Checkup(.warning, "platforms", "no platforms are recorded", help: "run `aiwg deploy`, which chooses and records them"))
      }
      let selection = try Selection(
        asked: nil, recorded: configuration.project.platforms, detected: [], catalog: sources.catalog, at: configuration.place(ofPlatform:))
      let lives = lifeFindings(
        selection, recorded: configuration.project.platforms, isChosen: false, in: sources.catalog, at: configuration.place(ofPlatform:))
      examination.checkups += lives.map { Checkup($0) } + Self.unsure(selection, sources.catalog, configuration)
      let names = selection.platforms.joined(separator: ", ")
      return .success(selection, Checkup(.ok, "platforms", "\(counted(selection.platforms.count, "platform")): " + names))
    }
    examineLint(configuration, repository)
    return (sources, selection?.platforms ?? [])
  }

  private mutating func examineLint(_ configuration: Configuration, _ repository: Repository) {
    let look: LintRun? = attempt { _ throws in .success(try LintRun(configuration, in: repository), nil) }
    guard let look else { return }
    let isOwn = { (diagnostic: Diagnostic) in diagnostic.id.hasPrefix("formatter/") || diagnostic.id.hasPrefix("source/") }
    let found = look.shown.map(\.diagnostic)
    checkups += found.filter(isOwn).map { Checkup($0) }
    let rest = found.filter { !isOwn($0) }
    let errors = rest.count { $0.severity == .error }
    let numbers = "\(counted(errors, "error")) and \(counted(rest.count - errors, "warning"))"
    if rest.isEmpty {
      checkups.append(Checkup(.ok, "lint", "lint finds nothing in the tree"))
    } else {
      checkups.append(Checkup(errors > 0 ? .error : .warning, "lint", "lint finds \(numbers) in the tree", help: "`aiwg lint` shows them"))
    }
  }

  private static func unsure(_ selection: Selection, _ catalog: PlatformCatalog, _ configuration: Configuration) -> [Checkup] {
    selection.platforms.compactMap(catalog.platform).compactMap { Checkup(unsure: $0, at: configuration.place(ofPlatform: $0.id)) }
  }

  /// What one person adds; without the project's sources the file alone.
  private mutating func examineOverlay(_ repository: Repository, onto sources: Sources?, selected: [String], _ history: GitHistory?) {
    let _: [Checkup]? = attempt { examination throws in
      let found = try checkupsOfOverlay(in: repository, onto: sources, selected: selected, history)
      examination.checkups += found
      return .success(found, nil)
    }
  }

  /// What git leaves out of commits although others need it there, and the other way round.
  private mutating func examineIgnored(_ record: RecordFile, _ history: GitHistory?, commitsOutputs: Bool) {
    guard let history else { return }
    let names = [Repository.configurationPath, Repository.recordPath].compactMap { TreePath($0) }
    let wanted = names + record.committed.claims.keys.sorted()
    let ignored = (history.ignored(among: wanted) ?? []).sorted()
    if let first = ignored.first {
      var checkup = Checkup(
        .error, "ignored", "git ignores \(counted(ignored.count, "file")) that \(ignored.count == 1 ? "is" : "are") to be committed",
        at: SourcePlace(path: shownAs + first.text),
        help: "`git check-ignore -v \(first.text.escapedForDisplay)` names the line; take it out, or write `commit: false` into aiwg.yaml")
      checkup.notes = [ignored.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (ignored.count > 5 ? " and \(ignored.count - 5) more" : "")]
      checkups.append(checkup)
    } else if record.bytes != nil {
      checkups.append(Checkup(.ok, "ignored", "git ignores nothing that is to be committed"))
    }
    guard !commitsOutputs else { return }
    let tracked = (history.trackedFiles ?? []).intersection(record.local.claims.keys).sorted()
    guard let first = tracked.first else { return }
    checkups.append(
      Checkup(
        .warning, "tracked", "git tracks \(counted(tracked.count, "output")) that \(tracked.count == 1 ? "is" : "are") not to be committed",
        at: SourcePlace(path: shownAs + first.text), help: "`aiwg sync` says how to take \(tracked.count == 1 ? "it" : "them") out of git"))
  }

  private enum Outcome<Value> {
    case success(Value, Checkup?)
    case failure(Checkup)
  }

  /// A step that may end as a command would: then what it would say is found, and what rests on it is not looked at.
  private mutating func attempt<Value>(_ work: (inout Examination) throws -> Outcome<Value>) -> Value? {
    do {
      switch try work(&self) {
      case .success(let value, let checkup):
        if let checkup { checkups.append(checkup) }
        return value
      case .failure(let checkup): checkups.append(checkup)
      }
    } catch let failure as CommandFailure {
      // What is wrong with the lock ends several steps.
      let new = failure.diagnostics.filter { one in one.severity != .note && !checkups.contains { $0.id == one.id && $0.place == one.place } }
      checkups += new.map { Checkup($0) }
    } catch let error as TreeError {
      checkups.append(Checkup(error.diagnostic("machine/failed", shownAs: shownAs)))
    } catch {
      checkups.append(Checkup(.error, "failed", "\(error)"))
    }
    return nil
  }
}

extension Checkup {
  /// That nobody is sure about a platform; nil for the others.
  init?(unsure platform: Platform, at place: SourcePlace?) {
    guard let why = platform.experimental else { return nil }
    let help = "`aiwg platforms \(platform.id)` has its entry; look whether the platform reads what aiwg wrote"
    self.init(.warning, "experimental", "`\(platform.id)` is experimental: \(why)", at: place.map(\.withoutExcerpt), help: help)
  }
}

extension SourcePlace {
  fileprivate var withoutExcerpt: SourcePlace { SourcePlace(path: path, line: line, column: column) }
}
