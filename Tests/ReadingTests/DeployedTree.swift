import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import Reading
import TestSupport

/// A deployed tree as platforms find it.
struct DeployedTree {
  /// A problem that one reader has with one artifact.
  struct Problem: Hashable, Comparable, CustomStringConvertible {
    var reader: String
    var artifact: String
    var what: String

    var description: String { "\(reader): \(artifact) \(what)" }
    static func < (left: Problem, right: Problem) -> Bool { left.description < right.description }
  }

  let tree: MemoryTree
  let files: FileList

  init(_ desired: DesiredTree, users: [String: String] = [:]) throws {
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for output in desired.outputs where !output.isCopy { nodes[output.path] = MemoryTree.Node(bytes: try output.bytes()) }
    for (path, text) in users {
      guard let path = TreePath(path) else { continue }
      nodes[path] = MemoryTree.Node(bytes: Array(text.utf8) + (nodes[path]?.bytes ?? []))
    }
    tree = MemoryTree(nodes)
    files = try FileList(try tree.entries(under: nil), of: tree)
  }

  /// How often a reader gets a word.
  struct Copies {
    /// At whatever moment.
    var all = 0
    /// Those that it surely gets, wherever it is started: in a folder further down only where its platform takes rules there.
    var sure = 0

    /// What is wrong with that; nil when nothing is.
    func problem(_ isWanted: Bool) -> String? {
      guard isWanted else { return all > 0 ? "unwanted" : nil }
      return sure == 0 ? "missing" : all > 1 ? "repeated" : nil
    }
  }

  /// How many times a reader gets each word.
  func copies(of words: [[UInt8]], _ platform: Platform, _ surface: String) throws -> [Copies] {
    let reading = try read(files, of: tree, as: platform, on: surface)
    let takesNested = platform.takes[Shape(kind: .rule, activation: .globs)]?.contains { $0.hasSuffix("-nested") } ?? false
    var copies = [Copies](repeating: Copies(), count: words.count)
    for load in reading.loads {
      let bytes = try tree.read(load.path)
      let kept = load.kept.flatMap { bytes[$0] }
      let isSure =
        switch load.trigger {
        case .touched: takesNested
        case .startedIn: false
        default: true
        }
      for (index, word) in words.enumerated() where kept.firstRange(of: word) != nil {
        copies[index].all += 1
        if isSure { copies[index].sure += 1 }
      }
    }
    return copies
  }

  /// What is not exactly once where it is wanted, and not absent where it is not.
  func problems(_ artifacts: [Artifact], _ platforms: [Platform]) throws -> Set<Problem> {
    var out: Set<Problem> = []
    let words = artifacts.map { Array(Self.word(of: $0).utf8) }
    for platform in platforms {
      for surface in platform.surfaces {
        let reader = platform.id + (platform.surfaces.count > 1 ? " (\(surface))" : "")
        for (artifact, count) in zip(artifacts, try copies(of: words, platform, surface)) {
          let isWanted = artifact.audience.includes(platform.id) && artifact.review != .only
          guard let what = count.problem(isWanted) else { continue }
          out.insert(Problem(reader: reader, artifact: artifact.id.description, what: what))
        }
      }
      for reviewer in platform.reviewers {
        for (artifact, count) in zip(artifacts, try copies(of: words, platform, reviewer)) where artifact.review != nil {
          let isWanted = artifact.audience.includes(platform.id)
          guard let what = count.problem(isWanted) else { continue }
          out.insert(Problem(reader: "\(platform.id) (\(reviewer))", artifact: artifact.id.description, what: what))
        }
      }
    }
    return out
  }

  /// The word that only the body of that artifact has.
  static func word(of artifact: Artifact) -> String { "Word\(artifact.id.kind.rawValue)\(artifact.id.name.filter { $0 != "-" })End" }

  /// Something of each kind and activation, for everybody and with platforms left out.
  static func fixture() -> String {
    var out = "Words.\n"
    func add(_ path: String, _ kind: String, _ name: String, _ fields: String) {
      out += "-- \(path) --\n---\ndescription: The \(name).\n\(fields)---\nWord\(kind)\(name.filter { $0 != "-" })End\n"
    }
    add("behaviors/always.md", "behavior", "always", "on: stop\n")
    add("rules/checked.md", "rule", "checked", "review: true\n")
    add("rules/checked-globs.md", "rule", "checked-globs", "review: true\nglobs: [\"src/**\"]\n")
    add("rules/checked-alone.md", "rule", "checked-alone", "review: only\nplatforms: [amp, claude-code, cursor]\n")
    for (activation, fields) in [
      ("always", ""), ("globs", "globs: [\"src/**\"]\n"), ("model", "activation: model\n"), ("manual", "activation: manual\n"),
    ] {
      add("rules/\(activation).md", "rule", activation, fields)
      add("rules/\(activation)-not-codex.md", "rule", "\(activation)-not-codex", fields + "platforms: [\"!codex\"]\n")
      add("rules/\(activation)-only-cursor.md", "rule", "\(activation)-only-cursor", fields + "platforms: [cursor]\n")
    }
    for (kind, fields) in [("agent", "tools: [Read]\n"), ("command", "argument-hint: \"[x]\"\n")] {
      add("\(kind)s/one.md", kind, "one", fields)
      add("\(kind)s/not-copilot.md", kind, "not-copilot", fields + "platforms: [\"!copilot\"]\n")
    }
    add("commands/mine.md", "command", "mine", "disable-model-invocation: true\n")
    for name in ["one", "two"] { add("skills/\(name)/SKILL.md", "skill", name, "") }
    add("skills/not-warp/SKILL.md", "skill", "not-warp", "platforms: [\"!warp\"]\n")
    return out
  }
}

extension Layout {
  /// What it says that could not be had.
  var problems: Set<DeployedTree.Problem> {
    Set(
      exceptions.flatMap { exception in
        exception.artifacts.map { artifact in
          let what =
            switch exception.problem {
            case .missing: "missing"
            case .repeated: "repeated"
            case .unwanted: "unwanted"
            }
          let reader = exception.platform + (exception.surface.isEmpty ? "" : " (\(exception.surface))")
          return .init(reader: reader, artifact: artifact.description, what: what)
        }
      })
  }

  /// The exceptions as a list to read.
  var exceptionLines: [String] {
    exceptions.map { exception in
      let reader = exception.platform + (exception.surface.isEmpty ? "" : " (\(exception.surface))")
      let what =
        switch exception.problem {
        case .missing(let reason): "missing, \(reason)"
        case .repeated(let places): "repeated at \(places.joined(separator: " and "))"
        case .unwanted(let places): "unwanted at \(places.joined(separator: " and "))"
        }
      return "\(reader), \(exception.shape): \(what): \(exception.artifacts.map(\.description).joined(separator: " "))"
    }
  }
}
