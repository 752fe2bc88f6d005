import Diagnostics
import FileTree
import SharedFiles

/// What is on disk at the place of one output, read once, beside what the lock claims about it.
struct Observation: Sendable {
  var role: Change.Role
  var standing: Standing
  /// The claim that counts: of several, the one that fits the disk.
  var recorded: Digest?
  var desired: Digest?
  /// The whole file.
  var whole: Snapshot
  /// The bytes of a file that has, or is to have, a block.
  var file: [UInt8]?
  var block: ManagedBlock?
  /// The whole file is an earlier output, so a block need not spare it.
  var isWhollyOurs = false
}

/// Looks at the places of outputs.
struct Observer<Tree: ReadableTree>: Sendable {
  let tree: Tree
  /// Folders right below the root that are not there: nothing in them has to be looked for.
  private var absent: Set<ArraySlice<UInt8>> = []

  init(tree: Tree) { self.tree = tree }

  /// Finds out which folders right below the root are not there.
  mutating func lookAhead(_ outputs: [DesiredOutput]) {
    var known: Set<ArraySlice<UInt8>> = []
    for output in outputs {
      let top = output.path.top
      guard top.count < output.path.bytes.count, known.insert(top).inserted, let folder = TreePath(bytes: Array(top)) else { continue }
      // What cannot be looked at is found again where it counts.
      if (try? tree.observe(folder)) == .absent { absent.insert(top) }
    }
  }

  /// An output that is a whole file.
  func file(_ path: TreePath, _ content: Content, claims: [Record.Claim]) throws(TreeError) -> Observation {
    let (observed, digest, desired) =
      try absent.contains(path.top) && claims.isEmpty
      ? (.absent, nil, Comparison.digest(of: content, for: path)) : Comparison.compare(path, in: tree, with: content)
    let digests = claims.digests(ofBlocks: false)
    var out = Observation(
      role: .file, standing: standing(path, observed, digest), recorded: digests.fitting(digest, or: desired), desired: desired,
      whole: snapshot(observed, digest))
    guard out.recorded == nil, digest != desired else { return out }
    // It was a block so far: nothing is lost when nothing but the block is in the file.
    let blocks = claims.digests(ofBlocks: true)
    if case .absent = observed { out.recorded = blocks.first }
    guard case .file = observed, !blocks.isEmpty else { return out }
    if case .found(let block) = findBlock(in: SourceText(path: path.text, bytes: try tree.read(path)), syntax: nil), block.removed().isEmpty {
      let own = Digest(of: block.content)
      if blocks.contains(own) { (out.standing, out.recorded) = (.present(own, isExecutable: nil), own) }
    }
    return out
  }

  /// An output that is a block in a file.
  func block(_ path: TreePath, _ content: [UInt8], _ syntax: BlockSyntax, claims: [Record.Claim]) throws(TreeError) -> Observation {
    let desired = Digest(of: normalizedLines(content))
    let blocks = claims.digests(ofBlocks: true)
    let files = claims.digests(ofBlocks: false)
    var out = try shared(path, syntax: syntax)
    out.desired = desired
    if containsMarker(content) {
      let problem = Diagnostic(
        .error, "block/marker-inside", "the block for `\(path)` has a line that is a marker itself", at: SourcePlace(path: path.text),
        help: "indent the line in the source that it comes from, or quote it")
      out.standing = .damaged([problem])
    }
    let seen = out.block.map { Digest(of: $0.content) }
    out.recorded = blocks.fitting(seen, or: desired)
    guard blocks.isEmpty, !files.isEmpty else { return out }
    // It was a whole file so far.
    out.recorded = files.first
    guard case .file(let whole) = out.whole, seen != desired else { return out }
    out.standing = .present(whole, isExecutable: nil)
    if files.contains(whole) { (out.recorded, out.isWhollyOurs) = (whole, true) }
    return out
  }

  /// An output that only the lock speaks of.
  func unwanted(_ path: TreePath, claims: [Record.Claim]) throws(TreeError) -> Observation {
    let (files, blocks) = (claims.digests(ofBlocks: false), claims.digests(ofBlocks: true))
    if !files.isEmpty {
      let (observed, digest) = try Digest.observe(path, in: tree)
      let isOurs = digest.map { files.contains($0) } ?? true
      if isOurs || blocks.isEmpty {
        return Observation(
          role: .file, standing: reachable(path, observed, digest), recorded: files.fitting(digest, or: nil), whole: snapshot(observed, digest))
      }
    }
    var out = try shared(path, syntax: nil)
    if case .notAFile(_, let at) = out.standing, at != path { out.standing = .absent }
    out.recorded = blocks.fitting(out.block.map { Digest(of: $0.content) }, or: nil)
    return out
  }

  /// A file of the user's that has, or may have, a block.
  private func shared(_ path: TreePath, syntax: BlockSyntax?) throws(TreeError) -> Observation {
    let observed = try tree.observe(path)
    guard case .file = observed else {
      return Observation(role: .block, standing: standing(path, observed, nil), whole: snapshot(observed, nil))
    }
    guard case .bytes(let bytes) = try tree.read(path, atMost: mostSharedBytes) else {
      let problem = Diagnostic(
        .error, "block/too-large", "this file has more than the \(mostSharedBytes) bytes that one with a managed block may have",
        at: SourcePlace(path: path.text), help: "move what nobody reads out of it")
      return Observation(role: .block, standing: .damaged([problem]), whole: .absent)
    }
    var out = Observation(role: .block, standing: .absent, whole: .file(Digest(of: bytes)), file: bytes)
    switch findBlock(in: SourceText(path: path.text, bytes: bytes), syntax: syntax) {
    case .none: break
    case .damaged(let problems): out.standing = .damaged(problems)
    case .found(let block):
      out.block = block
      out.standing = .present(Digest(of: block.content), isExecutable: nil)
    }
    return out
  }

  /// As `standing`, where a place that something bars the way to is empty: what aiwg left there is gone.
  private func reachable(_ path: TreePath, _ observed: Observed, _ digest: Digest?) -> Standing {
    if case .blocked = observed { return .absent }
    return standing(path, observed, digest)
  }

  private func standing(_ path: TreePath, _ observed: Observed, _ digest: Digest?) -> Standing {
    switch observed {
    case .absent: .absent
    case .file(_, let isExecutable): digest.map { .present($0, isExecutable: isExecutable) } ?? .absent
    case .directory: .notAFile(.directory, at: path)
    case .symlink: .notAFile(.symlink, at: path)
    case .other: .notAFile(.other, at: path)
    case .blocked(let kind, let at): .notAFile(kind, at: at)
    }
  }

  private func snapshot(_ observed: Observed, _ digest: Digest?) -> Snapshot {
    switch observed {
    case .file: digest.map { .file($0) } ?? .absent
    case .symlink(let target): .symlink(target: target)
    case .absent, .directory, .other, .blocked: .absent
    }
  }
}

extension [Record.Claim] {
  fileprivate func digests(ofBlocks isBlock: Bool) -> [Digest] { filter { $0.isBlock == isBlock }.map(\.digest) }
}

extension [Digest] {
  /// After a merge that kept two lines: the one that fits the disk, else the one that is wanted.
  fileprivate func fitting(_ seen: Digest?, or wanted: Digest?) -> Digest? {
    first { $0 == seen } ?? first { $0 == wanted } ?? first
  }
}
