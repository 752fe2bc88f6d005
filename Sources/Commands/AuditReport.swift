import Auditing
import Diagnostics
import Disk
import FileTree
import Globs
import Planning
import ProjectFile

/// What an audit found: what is let be taken out, and what outputs repeat told once.
struct AuditResult {
  private(set) var diagnostics: [Diagnostic]
  private(set) var files: Int
  /// How many findings `allow:` lets be.
  private(set) var allowed = 0

  /// Whether all that was to be looked at could be read.
  var isComplete: Bool { !diagnostics.contains { $0.id == AuditKind.unreadable.id } }

  /// What makes two findings one: the same thing in the same line of two files.
  private struct Same: Hashable {
    var id: String
    var message: String
    var line: String

    init(_ diagnostic: Diagnostic) {
      (id, message) = (diagnostic.id, diagnostic.message)
      line = (diagnostic.place?.excerpt ?? "").filter { !$0.isWhitespace }
    }
  }

  /// - Parameters:
  ///   - outputs: what aiwg.lock lists, which mostly says what its canonical file says.
  ///   - isWhole: whether all was looked at, so that an entry that allows nothing can be told.
  init(of files: FilesToAudit, outputs: Set<TreePath>, _ configuration: Configuration?, isWhole: Bool, lanes: some Lanes) throws(CommandFailure) {
    let allowances = try Allowances(configuration)
    let auditor = Auditor()
    let items = files.items
    let found = lanes.map(below: items.count) { number in Self.audit(items[number], auditor) }
    self.files = items.count
    diagnostics = []
    for (diagnostic, path) in files.findings {
      if allowances.allow(diagnostic, in: path) { self.allowed += 1 } else { diagnostics.append(diagnostic) }
    }
    var allowed: Set<Same> = []
    var known: [Same: Int] = [:]
    var repeated: [Int: [String]] = [:]
    let isOutput = { (item: FilesToAudit.Item) in item.repositoryPath.map(outputs.contains) ?? false }
    for isForOutputs in [false, true] {
      for (item, findings) in zip(items, found) where isOutput(item) == isForOutputs {
        for finding in findings {
          let same = Same(finding)
          if allowances.allow(finding, in: item.repositoryPath) || isForOutputs && allowed.contains(same) {
            self.allowed += 1
            allowed.insert(same)
          } else if isForOutputs, let number = known[same], finding.place?.line != nil {
            repeated[number, default: []].append(item.shownAs + item.path.text)
          } else {
            if !isForOutputs { known[same] = diagnostics.count }
            diagnostics.append(finding)
          }
        }
      }
    }
    for (number, paths) in repeated {
      diagnostics[number].notes.append(
        "outputs repeat it: \(paths.sorted().prefix(3).joined(separator: ", "))" + (paths.count > 3 ? " and \(paths.count - 3) more" : ""))
    }
    if isWhole { diagnostics += allowances.idle }
  }

  private static func audit(_ item: FilesToAudit.Item, _ auditor: Auditor) -> [Diagnostic] {
    let shown = item.shownAs + item.path.text
    do throws(TreeError) {
      var (bytes, isCut): ([UInt8], Bool) = ([], false)
      do throws(TreeError) {
        _ = try item.tree.stream(item.path) { (piece) throws(TreeError) in
          let room = Auditor.mostBytes - bytes.count
          bytes.append(contentsOf: piece.prefix(room))
          guard piece.count <= room else {
            isCut = true
            throw TreeError(path: item.path, reason: "")
          }
        }
      } catch {
        guard isCut else { throw error }
      }
      var size: Int?
      if isCut, case .file(let whole, _) = try item.tree.observe(item.path) { size = max(whole, bytes.count + 1) }
      return auditor.audit(AuditedFile(item.path, shownAs: shown, bytes: bytes, origin: item.origin, fullSize: size))
    } catch {
      // It went meanwhile.
      guard !error.isAbsent else { return [] }
      return [
        Diagnostic(
          .error, AuditKind.unreadable.id, "this file cannot be read, and nobody knows what is in it: \(error.reason)", at: SourcePlace(path: shown),
          help: "give yourself the right to read it, or take it out")
      ]
    }
  }
}

/// The entries of `allow:` and what they allowed.
private final class Allowances {
  private struct Entry {
    var id: String
    var path: Glob
    var place: SourcePlace?
    var isUsed = false
  }

  private var entries: [Entry] = []

  /// - Throws: `CommandFailure` when one names no finding that there is.
  init(_ configuration: Configuration?) throws(CommandFailure) {
    var problems: [Diagnostic] = []
    for (index, allowance) in (configuration?.project.allowances ?? []).enumerated() {
      guard AuditKind(id: allowance.id)?.canBeAllowed ?? false else {
        let known = AuditKind.allCases.filter(\.canBeAllowed).map(\.id)
        let help =
          nearest(to: allowance.id, among: known).map { "did you mean `\($0)`?" }
          ?? "the ids are those that findings end with, such as `audit/secret`"
        let place = configuration?.place(ofAllowance: index, "id")
        problems.append(Diagnostic(.error, "project/audit-id", "`\(allowance.id)` is no finding that can be allowed", at: place, help: help))
        continue
      }
      entries.append(Entry(id: allowance.id, path: Glob(allowance.path), place: configuration?.place(ofAllowance: index)))
    }
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
  }

  func allow(_ finding: Diagnostic, in path: TreePath?) -> Bool {
    guard let path else { return false }
    guard let index = entries.firstIndex(where: { $0.id == finding.id && $0.path.matches(path.text) }) else { return false }
    entries[index].isUsed = true
    return true
  }

  /// Findings about entries that allow nothing that is there.
  var idle: [Diagnostic] {
    entries.filter { !$0.isUsed }.map { entry in
      Diagnostic(
        .warning, AuditKind.idleAllowance.id, "this allows nothing: no `\(entry.id)` is found in `\(entry.path.text)`", at: entry.place,
        help: "take it out, so that it does not hide what comes later")
    }
  }
}
