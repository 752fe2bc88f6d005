import FileTree
import Globs
import Platforms

/// One surface of a platform at work.
struct PlatformReader<Tree: ReadableTree> {
  let files: FileList
  let tree: Tree
  let platform: Platform
  let surface: String
  let inPlay: TreePath?
  private(set) var reading = Reading()
  /// Files that a read has settled.
  private var settled: Set<TreePath> = []
  /// By group: where each name was found first.
  private var names: [String: [String: TreePath]] = [:]
  /// By limit that files share: the units that are taken.
  private var taken: [Platform.Limit: Int] = [:]
  private let limits: [(limit: Platform.Limit, glob: Glob)]

  init(files: FileList, tree: Tree, platform: Platform, surface: String, inPlay: TreePath?) {
    self.files = files
    self.tree = tree
    self.platform = platform
    self.surface = surface
    self.inPlay = inPlay
    limits = platform.limits.map { ($0, Glob($0.path)) }
  }

  mutating func readAll() throws(TreeError) {
    let reads = platform.reads.filter { platform.reads($0, on: surface) }
    for read in reads {
      for path in files.matching(Glob(read.path)) { try take(path, read, in: nil) }
    }
    // What a read names is no file of some folder further down.
    for read in reads {
      guard let nested = read.nested else { continue }
      // A file in a folder of the platform's own belongs to the folder above that one.
      let longer = reads.filter { $0.nested != nil && $0.path.hasSuffix("/" + read.path) }.map { "/" + $0.path }
      for path in files.named(read.path) where !longer.contains(where: { path.text.hasSuffix($0) }) {
        guard let folder = folder(of: path, above: read.path) else { continue }
        try take(path, read, in: (folder, nested))
      }
    }
    // An import line may lead to what is hidden otherwise.
    let loaded = Set(reading.loads.map(\.path))
    reading.hidden.removeAll { loaded.contains($0.path) }
  }

  private func fileThatHides(_ read: Platform.Read, in folder: TreePath?) throws(TreeError) -> TreePath? {
    let beside = read.unless.compactMap { TreePath($0) }.map { folder?.appending($0) ?? $0 }
    let atRoot = folder == nil ? [] : read.nestedUnless.compactMap { TreePath($0) }
    for file in atRoot + beside where files.contains(file) {
      if try hasText(file) { return file }
    }
    return nil
  }

  /// Whether the model would see anything of a file: one that is empty hides no other.
  private func hasText(_ path: TreePath) throws(TreeError) -> Bool {
    // What nobody can look into may have a text.
    guard let bytes = try? contents(of: path) else { return true }
    let strips = platform.reads.filter { Glob($0.path).matches(path.text) || $0.nested != nil && path.text.hasSuffix("/" + $0.path) }.map(\.strips)
    return hasVisibleText(bytes, stripping: strips.first ?? [])
  }

  /// The folder that a file of some name, or at some path, is in; nil at the root.
  private func folder(of path: TreePath, above name: String) -> TreePath? {
    var folder = path.parent
    for _ in name.split(separator: "/").dropFirst() { folder = folder?.parent }
    return folder
  }

  /// Settles one file that a read finds, by itself or in a folder further down.
  private mutating func take(_ path: TreePath, _ read: Platform.Read, in nested: (folder: TreePath, when: Platform.Read.Nested)?) throws(TreeError) {
    guard settled.insert(path).inserted else { return }
    if let other = try fileThatHides(read, in: nested?.folder) {
      reading.hidden.append(.init(path: path, reason: .hidden(by: other)))
      return
    }
    if let group = read.once {
      let name = Self.name(of: path)
      if let first = names[group, default: [:]][name] {
        reading.hidden.append(.init(path: path, reason: .shadowed(by: first)))
        return
      }
      names[group, default: [:]][name] = path
    }
    let bytes: [UInt8]
    do throws(TreeError) {
      guard let found = try contents(of: path) else {
        reading.hidden.append(.init(path: path, reason: .tooLarge))
        return
      }
      bytes = found
    } catch {
      reading.hidden.append(.init(path: path, reason: .unreadable(error.reason)))
      return
    }
    let head = path.name.hasSuffix(".toml") ? Head(toml: bytes) : Head(markdown: bytes)
    guard let trigger = try trigger(of: read, at: path, head, nested) else {
      reading.hidden.append(.init(path: path, reason: .never))
      return
    }
    let load = load(path, bytes, head, trigger, read)
    reading.loads.append(load)
    if read.importDepth > 0, load.cut == nil { try follow(bytes, load, read, depth: read.importDepth) }
  }

  /// Nil when there are more than anybody looks into.
  private func contents(of path: TreePath) throws(TreeError) -> [UInt8]? {
    guard case .bytes(let bytes) = try tree.read(files.place(of: path), atMost: mostReadBytes) else { return nil }
    return bytes
  }

  private func trigger(
    of read: Platform.Read, at path: TreePath, _ head: Head, _ nested: (folder: TreePath, when: Platform.Read.Nested)?
  ) throws(TreeError) -> Reading.Trigger? {
    if let nested { return nested.when == .touched ? .touched(nested.folder) : .startedIn(nested.folder) }
    guard read.when == .matched else { return Self.trigger(read.when, []) }
    for rule in read.head {
      if let key = rule.key {
        let head = try rule.beside.map { (name) throws(TreeError) in try self.head(of: name, beside: path) } ?? head
        guard let value = head[key], rule.value.map({ $0 == value }) ?? true else { continue }
      }
      let patterns = rule.patterns.map { head.patterns($0) } ?? []
      if rule.patterns != nil && patterns.isEmpty { continue }
      return Self.trigger(rule.when, patterns)
    }
    return nil
  }

  /// The keys of a YAML file in the same folder; none when it is not there.
  private func head(of name: String, beside path: TreePath) throws(TreeError) -> Head {
    guard let file = TreePath(name).map({ path.parent?.appending($0) ?? $0 }), files.contains(file) else { return Head(yaml: []) }
    return Head(yaml: try contents(of: file) ?? [])
  }

  private static func trigger(_ when: Platform.Read.Moment, _ patterns: [String]) -> Reading.Trigger? {
    switch when {
    case .always: .start
    case .listed: .listed
    case .matched: .matched(patterns)
    case .demand: .demand
    case .never: nil
    }
  }

  private func isLoaded(_ trigger: Reading.Trigger) -> Bool {
    switch trigger {
    case .start: true
    case .listed, .demand, .startedIn: false
    case .touched(let folder): inPlay?.isInside(folder) ?? false
    case .matched(let patterns): inPlay.map { file in patterns.contains { covers($0, file) } } ?? false
    }
  }

  /// A pattern without a slash covers files of that name in every folder.
  private func covers(_ pattern: String, _ file: TreePath) -> Bool {
    let pattern = pattern.hasPrefix("./") ? String(pattern.dropFirst(2)) : pattern
    return Glob(pattern).matches(file.text) || !pattern.contains("/") && Glob("**/" + pattern).matches(file.text)
  }

  private mutating func load(
    _ path: TreePath, _ bytes: [UInt8], _ head: Head, _ trigger: Reading.Trigger, _ read: Platform.Read, through: [TreePath] = []
  ) -> Reading.Load {
    var load = Reading.Load(
      path: path, through: through, trigger: trigger, isLoaded: isLoaded(trigger), size: bytes.count, kept: [0..<bytes.count])
    for (limit, glob) in limits where glob.matches(path.text) || limit.isShared && glob.matches(path.name) {
      cut(&load, bytes, head, by: limit)
    }
    if trigger == .listed { load.listing = listing(path, head) }
    load.kept = load.kept.subtracting(stripped(bytes, head, read.strips))
    return load
  }

  private mutating func cut(_ load: inout Reading.Load, _ bytes: [UInt8], _ head: Head, by limit: Platform.Limit) {
    if let field = limit.field {
      guard let value = head[field], limit.kept(of: Array(value.utf8), room: limit.most) != nil else { return }
      load.cut = "`\(field)` has more than \(limit.most) \(limit.unit.rawValue): it \(limit.beyond)"
      if limit.keeps == .nothing { load.kept = [] }
      return
    }
    let room = limit.isShared ? max(0, limit.most - (taken[limit] ?? 0)) : limit.most
    if limit.isShared { taken[limit, default: 0] += limit.length(of: bytes[...]) }
    guard let kept = limit.kept(of: bytes, room: room) else { return }
    load.kept = kept
    load.cut = "over \(limit.most) \(limit.unit.rawValue) it \(limit.beyond)"
  }

  /// What stands in a list: the name and the description, as far as it is shown.
  private func listing(_ path: TreePath, _ head: Head) -> [UInt8] {
    var description = Array((head["description"] ?? "").utf8)
    for (limit, glob) in limits where limit.field == "description" && glob.matches(path.text) {
      if let kept = limit.kept(of: description, room: limit.most) { description = kept.flatMap { description[$0] } }
    }
    return Array((head["name"] ?? Self.name(of: path)).utf8) + Array(": ".utf8) + description
  }

  /// Loads what the import lines of a file lead to.
  private mutating func follow(_ bytes: [UInt8], _ load: Reading.Load, _ read: Platform.Read, depth: Int) throws(TreeError) {
    guard depth > 0 else { return }
    let chain = load.through + [load.path]
    for path in importedPaths(in: bytes, of: load.path) where files.contains(path) && !chain.contains(path) {
      guard let text = try? contents(of: path) else { continue }
      let imported = self.load(path, text, Head(markdown: text), load.trigger, read, through: chain)
      reading.loads.append(imported)
      try follow(text, imported, read, depth: depth - 1)
    }
  }

  /// What a platform knows a file by: of a skill the folder, of anything else the file's name without what follows the first dot.
  static func name(of path: TreePath) -> String {
    if path.name == "SKILL.md" || path.name == "AGENT.md" { return path.parent?.name ?? path.name }
    return String(path.name.prefix { $0 != "." })
  }
}
