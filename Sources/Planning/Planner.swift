import FileTree
import SharedFiles

/// Makes the changes of a plan, one path after the other.
struct Planner<Tree: ReadableTree> {
  let record: Record
  let observer: Observer<Tree>
  let options: PlanOptions
  var changes: [Change] = []
  var next = Record()
  /// Files of ours that go, so that folders can take their place.
  private var cleared: Set<TreePath> = []
  private var twins: TwinSearch<Tree>

  /// What is left of a file that was nothing but a block.
  private static var nothing: Digest { Digest(of: []) }

  init(record: Record, tree: Tree, options: PlanOptions) {
    self.record = record
    self.options = options
    observer = Observer(tree: tree)
    twins = TwinSearch(tree: tree, ownFolders: record.folders)
  }

  /// The lock after the plan; with the old header while it says the same, so that a new version alone is no change.
  func nextRecord() throws(TreeError) -> Record {
    let folders = try ownFolders()
    let isSame =
      next.claims == record.claims && next.created == record.created && folders == record.folders && next.settings == record.settings
      && options.pins == record.pins
    var out = Record(
      header: isSame ? record.header : options.header, claims: next.claims, created: next.created, folders: folders, pins: options.pins)
    out.settings = next.settings
    return out
  }

  /// Folders that aiwg made, or is about to make, for what the lock lists.
  private func ownFolders() throws(TreeError) -> Set<TreePath> {
    var folders = record.folders.holding(next.claims.keys + Array(next.created.keys) + Array(next.settings.keys))
    var present: Set<TreePath> = []
    var absent: Set<TreePath> = []
    var done: Set<TreePath?> = []
    for change in changes where change.before == .absent && change.isWritten {
      guard done.insert(change.path.parent).inserted else { continue }
      let ancestors = change.path.ancestors
      // Below what is not there is nothing.
      let free = ancestors.lastIndex(where: absent.contains).map { $0 + 1 } ?? 0
      absent.formUnion(ancestors[..<free])
      folders.formUnion(ancestors[..<free])
      for folder in ancestors[free...] where !folders.contains(folder) {
        // What is there holds all that is above it.
        if present.contains(folder) { break }
        if try observer.tree.observe(folder) == .directory {
          present.insert(folder)
          break
        }
        absent.insert(folder)
        folders.insert(folder)
      }
    }
    return folders
  }

  /// Outputs that only the lock speaks of, and files that aiwg created.
  mutating func takeUnwanted(besides desired: Set<TreePath>) throws(TreeError) {
    for path in record.claims.keys.filter({ !desired.contains($0) }).sorted() {
      let observation = try observer.unwanted(path, claims: record.claims[path] ?? [])
      if options.copies.contains(path) { takeCopy(path, observation) } else { try add(path, observation, output: nil) }
    }
    for (path, digests) in record.created.sorted(by: { $0.key < $1.key })
    where record.claims[path] == nil && record.settings[path] == nil && !desired.contains(path) {
      guard options.removesCreated else {
        next.created[path] = digests
        continue
      }
      var observation = try observer.unwanted(path, claims: digests.map { Record.Claim($0) })
      // A checkout with other line ends is no edit.
      if case .present(let digest, _) = observation.standing, !digests.contains(digest),
        digests.contains(Digest(of: normalizedLines(try observer.tree.read(path))))
      {
        observation.recorded = digest
      }
      // What the user made of it since is the user's.
      guard case .present(let digest, _) = observation.standing, digest == observation.recorded, options.isPlaceable(path, false) else { continue }
      try add(path, observation, output: nil, role: .edit)
    }
  }

  /// A file of a copy: what it has to be only the lock says.
  private mutating func takeCopy(_ path: TreePath, _ observation: Observation) {
    var change = Change(path: path, role: .file, decision: .keep)
    (change.recorded, change.before) = (observation.recorded, observation.whole)
    switch observation.standing {
    case .present(let digest, _):
      if digest == observation.recorded { change.desired = digest } else { change.refuse(.editedCopy) }
    case .notAFile(let kind, let at): change.refuse(.notAFile(kind, at: at))
    case .absent, .damaged: change.refuse(.missingCopy)
    }
    next.claims[path] = change.conflict == nil ? change.desired.map { [Record.Claim($0)] } : record.claims[path]
    changes.append(change)
  }

  /// Files of the user's whose place is no output's any more, now that the tree says what they say.
  mutating func takeImported(besides desired: Set<TreePath>) throws(TreeError) {
    for (path, digest) in options.handEdits.imported.sorted(by: { $0.key < $1.key }) where !desired.contains(path) {
      let found = try observer.unwanted(path, claims: [Record.Claim(digest)])
      var change = Change(path: path, role: .edit, decision: .delete, reason: .absorbed)
      (change.before, change.after, change.saves) = (found.whole, .nothing, true)
      if case .present(digest, _) = found.standing { cleared.insert(path) } else { change.refuse(.edited) }
      changes.append(change)
    }
  }

  /// What is on disk for each output.
  func observations(of outputs: [DesiredOutput]) -> [Result<Observation, TreeError>] {
    var observer = observer
    observer.lookAhead(outputs)
    return options.lanes.map(below: outputs.count) { [record, observer] number in
      let output = outputs[number]
      let claims = record.claims[output.path] ?? []
      return Result { () throws(TreeError) -> Observation in
        switch output.form {
        case .file(let content, _): try observer.file(output.path, content, claims: claims)
        case .block(let content, let syntax): try observer.block(output.path, content, syntax, claims: claims)
        // Looked at piece by piece.
        case .settings: Observation(role: .settings, standing: .absent, whole: .absent)
        }
      }
    }
  }

  mutating func take(_ output: DesiredOutput, _ observed: Observation) throws(TreeError) {
    if case .settings(let settings, let syntax) = output.form { return try takeSettings(output.path, settings, syntax, output: output) }
    var observation = observed
    // A text that the tree has by now makes room for the block that says it.
    let isImported = options.handEdits.imported[output.path].map { observation.whole == .file($0) } ?? false
    if isImported, observation.role == .block {
      observation.isWhollyOurs = true
      (observation.recorded, observation.standing) = (nil, .present(Digest(of: []), isExecutable: nil))
    }
    if case .notAFile(.file, let at) = observation.standing, cleared.contains(at) { observation.standing = .absent }
    if try isGoingUnderAnotherCase(output.path, observation) { (observation.standing, observation.whole) = (.absent, .absent) }
    try add(output.path, observation, output: output)
    guard observation.whole == .absent, changes.last?.conflict == nil, let twin = try twins.twin(of: output.path, besides: cleared) else { return }
    changes[changes.count - 1].refuse(.twin(twin))
    next.claims[output.path] = record.claims[output.path]
    next.created[output.path] = record.created[output.path]
  }

  /// Where case does not count, a file of ours that goes also stands at the new name that differs from its own in case.
  private func isGoingUnderAnotherCase(_ path: TreePath, _ observation: Observation) throws(TreeError) -> Bool {
    guard case .file = observation.whole, observation.recorded == nil else { return false }
    for old in cleared where old.isTwin(of: path) {
      if let identity = try observer.tree.identity(of: old), try observer.tree.identity(of: path) == identity { return true }
    }
    return false
  }

  mutating func take(_ edit: FileEdit) throws(TreeError) {
    guard edit.old != edit.new else { return }
    let old = edit.old.map { Digest(of: $0) }
    let new = Digest(of: edit.new)
    let found = try observer.unwanted(edit.path, claims: [Record.Claim(old ?? new)])
    var change = Change(path: edit.path, role: .edit, decision: edit.old == nil ? .create : .update, reason: .sourceChanged, desired: new)
    (change.before, change.after) = (
      found.whole, .file(.bytes(edit.new), edit.old != nil ? .like(edit.path) : edit.isExecutable ? .executable : .plain)
    )
    change.saves = edit.saves && edit.old != nil
    switch found.standing {
    case .absent where old == nil: next.created[edit.path] = [new]
    case .present(let digest, _) where digest == old:
      if let old, next.created[edit.path]?.contains(old) == true { next.created[edit.path] = [new] }
    case .notAFile(let kind, let at): change.refuse(.notAFile(kind, at: at))
    default: change.refuse(.edited)
    }
    changes.append(change)
  }

  private mutating func add(_ path: TreePath, _ observation: Observation, output: DesiredOutput?, role: Change.Role? = nil) throws(TreeError) {
    let isPlaceable = output != nil || options.isPlaceable(path, observation.role == .block)
    let wanted = observation.desired.map { Wanted($0, isExecutable: output?.isExecutable) }
    let decision = decide(recorded: observation.recorded, observed: observation.standing, desired: wanted, isPlaceable: isPlaceable)
    var change = Change(path: path, role: role ?? observation.role, decision: decision, output: output)
    (change.recorded, change.desired, change.before) = (observation.recorded, observation.desired, observation.whole)
    if try isUnmerged(change, observation) { change.decision = .conflict(.unmerged) }
    if isLeft(change) {
      next.claims[path] = record.claims[path]
      next.created[path] = record.created[path]
      return
    }
    settle(&change, observation)
    if options.force, let conflict = change.conflict { change.force(conflict) }
    // What the user wrote is the user's to have back, also when every byte of it stays.
    if change.decision == .adopt, case .file(let digest) = observation.whole, observation.role == .file, observation.recorded == nil {
      change.saves = options.savesAdopted || options.handEdits.imported[path] == digest
    }
    change.reason = change.reason ?? reason(change, observation)
    change.after = replacement(change, observation)
    remember(change, observation)
    if change.decision == .delete, case .nothing = change.after { cleared.insert(path) }
    changes.append(change)
  }

  /// Whether it is an edit that stays where it is.
  private func isLeft(_ change: Change) -> Bool { change.conflict?.isHandEdit == true && options.handEdits.settled[change.path] == .left }

  /// Lets a hand edit give way that the tree has by now, or that nobody wants.
  private func settle(_ change: inout Change, _ observation: Observation) {
    guard let conflict = change.conflict else { return }
    if conflict == .foreign, let digest = options.handEdits.imported[change.path], observation.whole == .file(digest) {
      change.force(conflict)
      change.reason = .absorbed
    }
    guard conflict.isHandEdit else { return }
    switch options.handEdits.settled[change.path] {
    case .absorbed(let digest):
      // What is there was said to be in the tree; anything newer is not.
      guard case .present(digest, _) = observation.standing, conflict != .editedUnwanted else { return }
      change.force(conflict)
      change.reason = .absorbed
    case .discarded: change.force(conflict)
    case .left: return
    case nil: if options.handEdits.discardsOthers { change.force(conflict) }
    }
  }

  /// Whether what looks like an edit is a merge that nobody finished.
  private func isUnmerged(_ change: Change, _ observation: Observation) throws(TreeError) -> Bool {
    switch change.conflict {
    case .edited, .editedUnwanted, .bothChanged: break
    default: return false
    }
    if let block = observation.block { return hasMergeMarkers(block.content) }
    guard case .file = observation.whole, case .bytes(let bytes) = try observer.tree.read(change.path, atMost: mostSharedBytes) else { return false }
    return hasMergeMarkers(bytes)
  }

  private func reason(_ change: Change, _ observation: Observation) -> Change.Reason? {
    switch change.decision {
    case .keep, .conflict: return nil
    case .adopt: return .unrecorded
    case .restore: return .missing
    case .delete, .forget: return .unwanted
    case .create, .update:
      if case .present(let digest, _) = observation.standing, digest == change.desired { return .mode }
      return record.header == options.header || record.header == nil ? .sourceChanged : .aiwgChanged
    }
  }

  private func replacement(_ change: Change, _ observation: Observation) -> Replacement {
    switch (change.decision, change.output?.form) {
    case (.create, .file(let content, let isExecutable)), (.update, .file(let content, let isExecutable)),
      (.restore, .file(let content, let isExecutable)):
      // Permissions that the user took away stay away.
      if case .file = change.before { return .file(content, .like(change.path, isExecutable: isExecutable)) }
      return .file(content, isExecutable ? .executable : .plain)
    case (.create, .block(let content, let syntax)), (.update, .block(let content, let syntax)), (.restore, .block(let content, let syntax)):
      guard let file = observation.file, !observation.isWhollyOurs else {
        return .file(.bytes(appendingBlock(content, syntax: syntax, to: [])), .like(change.path))
      }
      let bytes = observation.block?.replacing(with: content) ?? appendingBlock(content, syntax: syntax, to: file)
      return .file(.bytes(bytes), .like(change.path))
    case (.delete, _):
      guard let rest = observation.block?.removed() else { return .nothing }
      let isLeftOver = rest.isEmpty && record.created[change.path]?.contains(Self.nothing) == true
      return isLeftOver ? .nothing : .file(.bytes(rest), .like(change.path))
    default: return .same
    }
  }

  /// Writes a change down in the lock that is to be.
  private mutating func remember(_ change: Change, _ observation: Observation) {
    let path = change.path
    switch change.decision {
    case .delete, .forget: return
    case .conflict:
      next.claims[path] = record.claims[path]
      next.created[path] = record.created[path]
    case .create, .adopt, .keep, .update, .restore:
      let isBlock = change.role == .block
      next.claims[path] = change.desired.map { [Record.Claim($0, isBlock: isBlock)] }
      guard isBlock else { return }
      let isAlone = observation.file == nil || observation.isWhollyOurs || observation.block?.removed().isEmpty == true && change.decision == .adopt
      next.created[path] = isAlone ? [Self.nothing] : record.created[path]
    }
  }
}

extension Set<TreePath> {
  /// Those that some of the paths lie in.
  ///
  /// The paths are searched, not walked up from: a lock may list many that lie deep.
  func holding(_ paths: [TreePath]) -> Set<TreePath> {
    let sorted = paths.sorted()
    return filter { folder in
      let start = folder.bytes + [UInt8(ascii: "/")]
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle].bytes.lexicographicallyPrecedes(start) { low = middle + 1 } else { high = middle }
      }
      return low < sorted.count && sorted[low].bytes.starts(with: start)
    }
  }
}

extension Change {
  fileprivate var isWritten: Bool {
    switch after {
    case .same, .nothing: false
    case .file, .symlink: true
    }
  }

  fileprivate mutating func refuse(_ conflict: Conflict) {
    (decision, reason, after) = (.conflict(conflict), nil, .same)
  }

  /// Lets the user's file or symlink give way; folders, devices and what lies behind a symlink stay.
  fileprivate mutating func force(_ conflict: Conflict) {
    switch conflict {
    case .foreign, .edited, .bothChanged: decision = .update
    case .editedUnwanted: decision = .delete
    case .unmerged: decision = output == nil ? .delete : .update
    case .notAFile(.symlink, path): decision = output == nil ? .delete : .update
    case .notAFile, .damagedBlock, .notOurs, .twin, .editedCopy, .missingCopy, .members: return
    }
    (reason, saves) = (.forced, true)
  }
}

extension DesiredOutput {
  fileprivate var isExecutable: Bool? {
    guard case .file(_, let isExecutable) = form else { return nil }
    return isExecutable
  }
}
