/// What a log of operations says about when bytes reach the disk.
struct WriteOrder {
  private let operations: [Operation]
  private static let state = ".aiwg/state"

  /// Whether the lock has to move too.
  private let needsLock: Bool

  init(_ operations: [Operation], needsLock: Bool) {
    self.needsLock = needsLock
    self.operations = operations.filter { $0.error == 0 }
  }

  /// An output that a rename or a link puts in place or takes away.
  private struct Move {
    var index: Int
    var output: String
    /// The new file, under the name that it was written with; nil when the output goes.
    var staged: String?
  }

  private static func isState(_ path: String) -> Bool {
    path == state || path.hasPrefix(state + "/") || path == ".aiwg" || path.hasPrefix(".aiwg.new")
  }

  private var moves: [Move] {
    operations.enumerated().compactMap { index, operation in
      guard ["rename", "link", "exchange"].contains(operation.name) else {
        let goes = operation.name == "unlink" && !Self.isState(operation.path)
        return goes ? Move(index: index, output: operation.path) : nil
      }
      switch (Self.isState(operation.path), Self.isState(operation.second)) {
      case (true, true): return nil
      case (false, true):
        // A second name of the old file, for safety, moves nothing.
        if operation.name == "link" { return nil }
        return Move(index: index, output: operation.path, staged: operation.name == "exchange" ? operation.second : nil)
      case (_, false): return Move(index: index, output: operation.second, staged: operation.path)
      }
    }
  }

  private func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  /// Whether what was done to a file or in a folder after an operation and before another one is forced to the disk in between.
  private func isSynced(_ path: String, after first: Int, before last: Int) -> Bool {
    guard first < last else { return false }
    return operations[first..<last].contains { $0.name == "syncfs" || ($0.name == "fsync" && $0.path == path) }
  }

  /// All that is wrong.
  func violations() -> [String] {
    guard let first = moves.first else { return ["no output moved"] }
    var out: [String] = []
    for move in moves {
      guard let staged = move.staged else { continue }
      let written = operations[..<move.index].lastIndex {
        ["open", "write", "chmod", "truncate"].contains($0.name) && $0.kind == "w" && $0.path == staged
      }
      if let written, !isSynced(staged, after: written, before: move.index) { out.append("\(move.output) moves before its bytes are on the disk") }
    }
    out += journalViolations(first)
    if let last = moves.last, last.output != "aiwg.lock", moves.contains(where: { $0.output == "aiwg.lock" }) || needsLock {
      out.append("the last output that moves is \(last.output), not aiwg.lock")
    }
    let syncs = operations.count { $0.name == "syncfs" }
    // Once for the bytes; once more stands for syncing many folders.
    if syncs > 2 { out.append("\(syncs) times syncfs") }
    return out
  }

  private func journalViolations(_ first: Move) -> [String] {
    let journal = Self.state + "/journal"
    guard let begin = operations.firstIndex(where: { $0.second == journal || ($0.name == "open" && $0.kind == "w" && $0.path == journal) }) else {
      return ["no journal"]
    }
    var out: [String] = []
    if begin > first.index { out.append("\(first.output) moves before the journal is there") }
    if !isSynced(Self.state, after: begin, before: first.index) { out.append("\(first.output) moves before the journal's folder is synced") }
    guard let end = operations.lastIndex(where: { $0.path == journal && ["rename", "unlink"].contains($0.name) }) else {
      return out + ["the journal is never dropped"]
    }
    var touched: [String: Int] = [:]
    for move in moves where move.index < end { touched[folder(of: move.output)] = move.index }
    for (index, operation) in operations[..<end].enumerated() where ["mkdir", "rmdir"].contains(operation.name) && !Self.isState(operation.path) {
      touched[folder(of: operation.path)] = index
      if operation.name == "rmdir" { touched[operation.path] = nil }
    }
    for (folder, index) in touched.sorted(by: { $0.key < $1.key }) where !isSynced(folder, after: index, before: end) {
      out.append("the journal is dropped before \(folder.isEmpty ? "the root" : folder) is synced")
    }
    for move in moves where move.index > end { out.append("\(move.output) moves after the journal is dropped") }
    let cleared = operations[end...].firstIndex { $0.name == "unlink" && $0.path.hasPrefix(Self.state + "/staged/") }
    if let cleared, !isSynced(Self.state, after: end, before: cleared) {
      out.append("\(operations[cleared].path) goes before it is on the disk that the journal is done")
    }
    return out
  }
}
