internal import Disk
package import FileTree

/// A folder of a repository elsewhere, at one commit, as git has it: nothing is checked out, and nothing in it is run.
package struct GitSnapshot: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file(isExecutable: Bool)
    case symlink
    case submodule
    /// What no git of today writes.
    case other
  }

  /// One entry of the tree.
  package struct Entry: Hashable, Sendable {
    /// Below the folder, as git has it: it may be no path that can be here.
    package var path: [UInt8]
    package var kind: Kind
    /// Bytes; 0 for a submodule.
    package var size: Int
    /// By which git knows the bytes.
    var id: String
  }

  /// The full id of the commit.
  package var commit: String
  /// In the order of git, folders left out.
  package var entries: [Entry]
}

/// Fetches from repositories elsewhere through the git on the machine, into a temporary folder that goes with this value.
///
/// Git may neither ask for anything nor run hooks, filters, or what a repository names; submodules stay where they are.
package final class GitFetch {
  /// What keeps a fetch from its end.
  package enum Failure: Error, Hashable, Sendable {
    /// No git is on the machine; or it cannot be run, and why.
    case noGit, unusable(String)
    /// In git's words.
    case refused(String)
    case outOfTime(seconds: Int)
    case tooLarge(bytes: Int)
    /// The repository has no such branch, tag or commit; what it has instead.
    case unknownRevision(branchesAndTags: [String])
    /// Both a branch and a tag are called so.
    case ambiguous
    /// The commit has no such folder.
    case noFolder
    /// A signal came.
    case interrupted
    case machine(TreeError)
  }

  /// For all that one source costs.
  private static let mostBytes = 512 << 20
  private static let mostListed = 64 << 20

  private let scratch: ScratchFolder
  private let git: FetchingGit
  private let seconds: Double
  private let glance: () -> Void

  /// - Parameters:
  ///   - seconds: how long each step of it may take.
  ///   - glance: called a few times a second while git is at work.
  package convenience init(seconds: Double = 300, glance: @escaping () -> Void = {}) throws(Failure) {
    try self.init(variables: Machine.variable, seconds: seconds, glance: glance)
  }

  /// As `init(seconds:glance:)`, in another environment.
  package init(variables: (String) -> String?, seconds: Double, glance: @escaping () -> Void = {}) throws(Failure) {
    do throws(TreeError) { scratch = try ScratchFolder(in: variables("TMPDIR")) } catch { throw .machine(error) }
    git = FetchingGit(in: scratch.path, variables: variables)
    (self.seconds, self.glance) = (seconds, glance)
  }

  /// Fetches a revision, and lists what a folder of it has.
  /// - Parameters:
  ///   - url: checked by the caller to be of a kind that may be fetched from.
  ///   - rev: a branch, tag or full commit id; nil is what the repository has as its newest.
  ///   - path: the folder; nil is the root.
  package func snapshot(of url: String, at rev: String?, in path: TreePath?) throws(Failure) -> GitSnapshot {
    let rev = rev ?? "HEAD"
    let isCommit = [40, 64].contains(rev.utf8.count) && rev.utf8.allSatisfy(\.isHexDigit)
    let references = try references(of: url)
    let hasLongIDs = isCommit ? rev.utf8.count == 64 : references.contains { $0.id.utf8.count == 64 }
    _ = try answer(["init", "--quiet", "--bare", "--template=", "--object-format=\(hasLongIDs ? "sha256" : "sha1")", git.repository])
    if isCommit {
      try fetch(commit: rev, from: url, references)
    } else {
      let wanted = try Self.reference(rev, among: references)
      _ = try answer(["fetch"] + Self.options + ["--depth=1", "--", url, "+\(wanted):\(Self.taken)"])
    }
    let commit = try commit(isCommit ? rev : Self.taken)
    return GitSnapshot(commit: commit, entries: try entries(of: commit, in: path))
  }

  /// The bytes of some of its files, in their order; each is handed over before the next is read.
  package func contents(of entries: [GitSnapshot.Entry]) throws(Failure) -> [[UInt8]] {
    guard !entries.isEmpty else { return [] }
    let most = entries.reduce(0) { $0 + $1.size + 200 }
    var rest = try answer(["cat-file", "--batch"], input: entries.map(\.id), mostOutput: most)[...]
    var contents: [[UInt8]] = []
    for entry in entries {
      let header = Array("\(entry.id) blob \(entry.size)\n".utf8)
      guard rest.starts(with: header), rest.count > header.count + entry.size else { throw .refused("cat-file does not give what ls-tree lists") }
      contents.append(Array(rest.dropFirst(header.count).prefix(entry.size)))
      rest = rest.dropFirst(header.count + entry.size + 1)
    }
    return contents
  }

  // MARK: Steps

  private static let taken = "refs/aiwg/taken"
  private static let options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--no-write-fetch-head"]

  private struct Reference {
    var id: String
    var name: String
  }

  private func references(of url: String) throws(Failure) -> [Reference] {
    let output = try answer(["ls-remote", "--quiet", "--", url], mostOutput: Self.mostListed)
    return output.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 2, words[0].utf8.allSatisfy(\.isHexDigit) else { return nil }
      return Reference(id: words[0], name: words[1])
    }
  }

  /// The full name of what a short one means.
  private static func reference(_ rev: String, among references: [Reference]) throws(Failure) -> String {
    let names = Set(references.map(\.name))
    let found = (rev == "HEAD" || rev.hasPrefix("refs/") ? [rev] : ["refs/tags/\(rev)", "refs/heads/\(rev)"]).filter(names.contains)
    if found.count > 1 { throw .ambiguous }
    if let name = found.first { return name }
    let known = names.compactMap { name in ["refs/heads/", "refs/tags/"].first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } }
    throw .unknownRevision(branchesAndTags: known.filter { !$0.hasSuffix("^{}") }.sorted())
  }

  /// A single commit where the other side gives one, else everything that leads to it.
  private func fetch(commit: String, from url: String, _ references: [Reference]) throws(Failure) {
    do throws(Failure) {
      _ = try answer(["fetch"] + Self.options + ["--depth=1", "--", url, "+\(commit):\(Self.taken)"])
    } catch {
      guard case .refused = error else { throw error }
      let everything = ["+refs/heads/*:refs/aiwg/heads/*", "+refs/tags/*:refs/aiwg/tags/*"]
      _ = try answer(["fetch"] + Self.options + ["--", url] + everything)
    }
    do throws(Failure) { _ = try self.commit(commit) } catch {
      guard case .refused = error else { throw error }
      throw .unknownRevision(branchesAndTags: [])
    }
  }

  private func commit(_ name: String) throws(Failure) -> String {
    let output = try answer(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], mostOutput: 200)
    let id = String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard [40, 64].contains(id.utf8.count), id.utf8.allSatisfy(\.isHexDigit) else { throw .refused("rev-parse does not give a commit") }
    return id
  }

  private func entries(of commit: String, in path: TreePath?) throws(Failure) -> [GitSnapshot.Entry] {
    let output: [UInt8]
    do throws(Failure) {
      output = try answer(["ls-tree", "-r", "-z", "-l", "--full-tree", "\(commit):\(path?.text ?? "")"], mostOutput: Self.mostListed)
    } catch {
      guard case .refused = error, path != nil else { throw error }
      throw .noFolder
    }
    return output.split(separator: 0).compactMap { line -> GitSnapshot.Entry? in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = line[..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 4 else { return nil }
      let kind: GitSnapshot.Kind =
        switch words[0] {
        case "100644", "100664": .file(isExecutable: false)
        case "100755": .file(isExecutable: true)
        case "120000": .symlink
        case "160000": .submodule
        default: .other
        }
      return GitSnapshot.Entry(path: Array(line[(tab + 1)...]), kind: kind, size: Int(words[3]) ?? 0, id: words[2])
    }
  }

  /// What git wrote.
  private func answer(_ arguments: [String], input: [String] = [], mostOutput: Int = 1 << 16) throws(Failure) -> [UInt8] {
    var isTooLarge = false
    let result: ProgramRun.Result
    do throws(ProgramError) {
      result = try git.run(arguments, input: input, mostOutput: mostOutput, seconds: seconds).result {
        self.glance()
        isTooLarge = self.scratch.size > Self.mostBytes
        return isTooLarge || Machine.isInterrupted
      }
    } catch {
      if error.isAbsent { throw .noGit }
      throw .unusable(error.reason)
    }
    switch result.ending {
    case .exited(0): return result.output
    case .stopped where isTooLarge: throw .tooLarge(bytes: Self.mostBytes)
    case .tooMuchOutput: throw .tooLarge(bytes: mostOutput)
    case .stopped: throw .interrupted
    case .outOfTime: throw .outOfTime(seconds: Int(seconds))
    case .exited, .signalled:
      if Machine.isInterrupted { throw .interrupted }
      throw .refused(Self.words(of: result.errors))
    }
  }

  /// What git says about itself, on one line.
  private static func words(of errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      String(["fatal: ", "error: "].first(where: line.hasPrefix).map { line.dropFirst($0.count) } ?? line)
    }
    let told = lines.filter { !$0.hasPrefix("hint:") && !$0.allSatisfy(\.isWhitespace) }.prefix(6)
    return told.isEmpty ? "git says nothing about it" : told.joined(separator: "; ")
  }
}

extension UInt8 {
  /// In lower case, as git writes them.
  var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
