package import FileTree

extension Record {
  /// Where the lock of uncommitted outputs lies; the folder keeps itself out of git.
  package static let localPath = TreePath(known: ".aiwg/state/local.lock")

  /// What two locks say together; a path of which both speak has the lines of both, as after a merge.
  func joined(with other: Record) -> Record {
    guard other != Record() else { return self }
    var out = self
    out.header = header ?? other.header
    out.claims.merge(other.claims) { mine, theirs in mine + theirs.filter { !mine.contains($0) } }
    out.created.merge(other.created) { $0.union($1) }
    out.folders.formUnion(other.folders)
    for (path, settings) in other.settings {
      out.settings[path, default: Settings()].pieces.formUnion(settings.pieces)
      out.settings[path, default: Settings()].containers.formUnion(settings.containers)
    }
    out.pins.merge(other.pins) { mine, theirs in mine + theirs.filter { !mine.contains($0) } }
    return out
  }

  /// Whether it speaks of a path, as an output or as a file that was made.
  package func speaks(of path: TreePath) -> Bool { claims[path] != nil || settings[path] != nil || created[path] != nil }

  /// The part of it that speaks of some paths, with the folders that hold them; all pins go with the committed part.
  func part(_ isIncluded: (TreePath) -> Bool, withPins: Bool) -> Record {
    var out = Record(claims: claims.filter { isIncluded($0.key) }, created: created.filter { isIncluded($0.key) }, pins: withPins ? pins : [:])
    out.settings = settings.filter { isIncluded($0.key) }
    out.folders = folders.holding(Array(out.claims.keys) + Array(out.created.keys) + Array(out.settings.keys))
    return out
  }

  /// The same with the header of another one that says nothing else, so that a new version alone is no change.
  func keepingHeader(of old: Record) -> Record {
    var same = self
    same.header = old.header
    return same == old ? old : self
  }
}

extension RecordFile {
  /// The same where the lock of uncommitted outputs speaks of these paths alone.
  package func leavingOutLocal(besides paths: Set<TreePath>) -> RecordFile {
    let part = local.part({ paths.contains($0) }, withPins: false)
    guard !part.isEmpty else { return RecordFile(record: committed, bytes: bytes) }
    var rest = part
    rest.header = local.header
    return RecordFile(record: committed, bytes: bytes, local: rest, localBytes: rest.bytes)
  }

  /// What is to be in each lock, of what both are to say together.
  ///
  /// - Parameters:
  ///   - uncommitted: outputs that are not committed.
  ///   - wanted: all outputs; of any other path each lock goes on saying what it said.
  func parted(_ next: Record, uncommitted: Set<TreePath>, wanted: Set<TreePath>) -> (committed: Record, local: Record) {
    guard local != Record() || !uncommitted.isEmpty else { return (next, Record()) }
    let isLocal = { (path: TreePath) in
      wanted.contains(path) ? uncommitted.contains(path) : self.local.speaks(of: path) && !self.committed.speaks(of: path)
    }
    var (mine, theirs) = (next.part({ !isLocal($0) }, withPins: true), next.part(isLocal, withPins: false))
    (mine.header, theirs.header) = (next.header, next.header)
    return (mine.keepingHeader(of: committed), theirs.keepingHeader(of: local))
  }
}
