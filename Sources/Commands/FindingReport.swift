import Diagnostics
import Disk
import JSON

/// Findings for the places where people look: code scanning, annotations of a change, test reports.
struct FindingReport {
  /// A kind of finding.
  struct Rule {
    var id: String
    var severity: Diagnostic.Severity
    var summary: String
    var help: String
  }

  /// One finding.
  struct Item {
    var ruleID: String
    var severity: Diagnostic.Severity
    var message: String
    /// From the root of the git repository, so that whoever shows it finds the file; nil when it is about no file.
    var path: String?
    /// From 1; nil when it is about the whole file.
    var line: Int?
    /// From 1, in scalars of Unicode; the end is the column behind the last one.
    var columns: Range<Int>?
    /// The line that it is on.
    var snippet: String?
    var notes: [String] = []
    var help: String?
    /// Why it is let be; nil when it counts.
    var exception: String?
  }

  var command: String
  /// In the order that they are listed in.
  var rules: [Rule]
  var items: [Item]
  /// What the command fails for, beside errors.
  var failsForAll = false

  /// What counts.
  var counted: [Item] { items.filter { $0.exception == nil } }

  /// Whether the command fails for a finding.
  func isFailure(_ item: Item) -> Bool { item.exception == nil && (failsForAll || item.severity == .error) }

  /// The report in a format that is neither for people nor of aiwg's own; nil for those two.
  func text(in format: OutputFormat) -> String? {
    switch format {
    case .text, .json: nil
    case .sarif: sarif.text
    case .github: counted.map(\.annotation).joined()
    case .junit: junit
    }
  }
}

extension FindingReport.Item {
  init(_ diagnostic: Diagnostic, exception: String? = nil, from origin: ReportOrigin) {
    let place = diagnostic.place
    self.init(ruleID: diagnostic.id, severity: diagnostic.severity, message: diagnostic.message, path: place.map { origin.path(of: $0.path) })
    (line, snippet, notes, help, self.exception) = (place?.line, place?.excerpt, diagnostic.notes, diagnostic.help, exception)
    guard let column = place?.column, let excerpt = place?.excerpt else { return }
    let scalars = { (characters: Int) in excerpt.prefix(characters).unicodeScalars.count + 1 }
    let start = scalars(column - 1)
    columns = start..<max(start + 1, scalars(column - 1 + (place?.width ?? 1)))
  }
}

/// Where the paths of a report begin: at the root of the git repository, if there is one.
struct ReportOrigin {
  private let root: String?

  /// - Parameter folder: from the root; nil is the working directory.
  init(at folder: String? = nil) {
    guard let start = folder ?? Machine.workingDirectory else {
      root = nil
      return
    }
    var folder = normalized(start)
    while !Machine.exists(folder + "/.git") {
      guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
        folder = normalized(start)
        break
      }
      folder = String(folder[..<slash])
    }
    root = folder
  }

  init(of repository: Repository) { self.init(at: repository.root) }

  /// The path of a file; as a person knows it when it lies elsewhere.
  func path(of shown: String) -> String {
    guard let root, let absolute = try? absolutePath(shown) else { return shown }
    let path = relativePath(from: root, to: normalized(absolute))
    return path.hasPrefix("../") ? shown : path
  }
}

extension FindingReport {
  /// Errors that ended a command.
  init(command: String, _ diagnostics: [Diagnostic]) {
    let origin = ReportOrigin()
    self.init(command: command, rules: [], items: diagnostics.inReadingOrder().map { Item($0, from: origin) })
  }

  /// Several reports of one command as one.
  init(command: String, joining reports: [FindingReport]) {
    var known = Set<String>()
    self.init(command: command, rules: reports.flatMap(\.rules).filter { known.insert($0.id).inserted }, items: reports.flatMap(\.items))
    failsForAll = reports.contains(where: \.failsForAll)
  }
}
