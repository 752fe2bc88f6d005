package import FileTree

/// What would be done to a repository, as a value; the same for a run that does it and for one that only tells.
package struct Plan: Sendable {
  /// In byte order of the paths, outputs that stay as they are included.
  package let changes: [Change]
  /// The lock as it is, and that of uncommitted outputs.
  package let recordFile: RecordFile
  /// The lock as it is to be.
  package let nextRecord: Record
  /// The lock of uncommitted outputs as it is to be.
  package let nextLocal: Record
  /// Outputs that are not committed.
  package let uncommitted: Set<TreePath>

  package init(changes: [Change], recordFile: RecordFile, nextRecord: Record, nextLocal: Record = Record(), uncommitted: Set<TreePath> = []) {
    (self.changes, self.recordFile, self.uncommitted) = (changes, recordFile, uncommitted)
    (self.nextRecord, self.nextLocal) = (nextRecord, nextLocal)
  }

  /// The same changes, of which the lock does not speak.
  package var leavingNoRecord: Plan {
    Plan(changes: changes, recordFile: recordFile, nextRecord: recordFile.committed, nextLocal: recordFile.local)
  }

  /// Whether something of the user's is in the way, so that nothing may be done.
  package var hasConflicts: Bool { changes.contains { $0.conflict != nil } }

  /// Whether there is nothing to do: no drift.
  package var isEmpty: Bool {
    changes.allSatisfy { $0.decision == .keep } && nextLock == recordFile.bytes && nextLocalLock == recordFile.localBytes
  }

  /// Whether there is no drift: nothing to do, but for uncommitted outputs in a checkout where nobody ever deployed.
  package var isInLine: Bool {
    guard recordFile.localBytes == nil else { return isEmpty }
    return changes.allSatisfy { $0.decision == .keep || isAwaited($0) } && nextLock == recordFile.bytes
  }

  /// Whether a change makes an uncommitted output that nothing is expected of before the first run in a checkout.
  package func isAwaited(_ change: Change) -> Bool {
    recordFile.localBytes == nil && uncommitted.contains(change.path) && [.create, .adopt].contains(change.decision)
  }

  /// Folders of aiwg's own that nothing is in any more, the deepest first; they go unless somebody else put something there.
  package var vacated: [TreePath] {
    recordFile.record.folders.subtracting(nextRecord.folders).subtracting(nextLocal.folders).sorted().reversed()
  }

  /// The bytes of the lock that is to be; nil for none.
  package var nextLock: [UInt8]? { nextRecord.isEmpty ? nil : nextRecord.bytes }

  /// The bytes of the lock of uncommitted outputs that is to be; nil for none.
  package var nextLocalLock: [UInt8]? { nextLocal.isEmpty ? nil : nextLocal.bytes }
}

/// A file of the user's that a command creates or edits itself, such as aiwg.yaml: written with the outputs, and never drift.
package struct FileEdit: Hashable, Sendable {
  package var path: TreePath
  /// The bytes that the edit was made from; nil when the file was absent.
  package var old: [UInt8]?
  package var new: [UInt8]
  /// Whether what is there is saved before it is replaced: something of it is in no file any more.
  package var saves: Bool
  /// Of a file that is created.
  package var isExecutable: Bool

  package init(path: TreePath, old: [UInt8]?, new: [UInt8], saves: Bool = false, isExecutable: Bool = false) {
    self.path = path
    self.old = old
    self.new = new
    self.saves = saves
    self.isExecutable = isExecutable
  }
}

/// What is done about outputs of ours that somebody edited; those that nothing is said about stay in the way.
package struct HandEdits: Hashable, Sendable {
  /// What is done about one of them.
  package enum Settlement: Hashable, Sendable {
    /// The tree has it by now; what has that digest gives way to what the tree says.
    case absorbed(Digest)
    /// It gives way, and is saved first.
    case discarded
    /// It stays as it is, and so does what the lock says about it.
    case left
  }

  package var settled: [TreePath: Settlement] = [:]
  /// Whether those that nothing is said about are discarded.
  package var discardsOthers = false
  /// Files of the user's, by the digest of their bytes, of which the tree has everything by now: they are saved, and go or become outputs.
  package var imported: [TreePath: Digest] = [:]
  /// By settings file: values of the user's that the tree says by now, so that they count as aiwg's.
  package var taken: [TreePath: Set<Record.Settings.Piece>] = [:]
  /// Whether what was taken is what users wrote: their files are saved, and what stands elsewhere by now goes.
  package var savesTaken = false

  package init() {}
}

/// What a plan is made for, beside the desired tree.
package struct PlanOptions: Sendable {
  /// Who makes it, for the lock.
  package var header: Record.Header
  /// Whether some platform, today's or retired, places a file (or, when true, a block) at a path.
  ///
  /// Asked before anything is deleted, also a file that aiwg created: true for aiwg.yaml then.
  package var isPlaceable: @Sendable (TreePath, Bool) -> Bool
  /// The user's files and symlinks give way; they are saved first.
  package var force = false
  package var handEdits = HandEdits()
  package var edits: [FileEdit] = []
  /// Files are read and compared on these.
  package var lanes: any Lanes = OneLane()
  /// Files that are taken over as they are get saved too: unless a lock was lost, they are the user's.
  package var savesAdopted = false
  /// Files that aiwg created go too, when nobody edited them.
  package var removesCreated = false
  /// Files of copies that stay as the lock has them.
  package var copies: Set<TreePath> = []
  /// What the lock is to say about the copies.
  package var pins: [TreePath: [Record.Pin]] = [:]
  /// Outputs that are not committed: the lock beside the state speaks of them.
  package var uncommitted: Set<TreePath> = []

  package init(header: Record.Header, isPlaceable: @escaping @Sendable (TreePath, Bool) -> Bool) {
    self.header = header
    self.isPlaceable = isPlaceable
  }
}

extension Plan {
  /// Compares what is desired, recorded and on disk; reads everything once and touches nothing.
  /// - Throws: `TreeError` when something cannot be read.
  package init(desired: DesiredTree, record: RecordFile, tree: some ReadableTree, options: PlanOptions) throws(TreeError) {
    var planner = Planner(record: record.record, tree: tree, options: options)
    planner.changes.reserveCapacity(desired.outputs.count)
    let wanted = Set(desired.outputs.map(\.path))
    try planner.takeUnwanted(besides: wanted)
    let taken = options.handEdits.savesTaken ? Array(options.handEdits.taken.keys) : []
    for path in Set(record.record.settings.keys).union(taken).sorted() where !wanted.contains(path) {
      try planner.takeSettings(path, [], .named(path), output: nil)
    }
    try planner.takeImported(besides: wanted)
    for (output, observation) in zip(desired.outputs, planner.observations(of: desired.outputs)) { try planner.take(output, observation.get()) }
    for edit in options.edits { try planner.take(edit) }
    let next = record.parted(try planner.nextRecord(), uncommitted: options.uncommitted, wanted: wanted)
    self.init(
      changes: planner.changes.sorted { $0.path < $1.path }, recordFile: record, nextRecord: next.committed, nextLocal: next.local,
      uncommitted: options.uncommitted)
  }
}
