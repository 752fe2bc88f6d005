import ContextModel
import FileTree
import Foundation
import Layout
import Platforms

/// What each platform loads of a layout, worked out from what platforms.yaml says that it reads and from nothing that Layout knows.
struct Simulation {
  /// A problem that one reader has with one artifact.
  struct Problem: Hashable, Comparable, CustomStringConvertible {
    var platform: String
    var surface: String
    var artifact: String
    var what: String

    static func < (left: Problem, right: Problem) -> Bool { left.description < right.description }
    var description: String { "\(platform)\(surface.isEmpty ? "" : " (\(surface))"): \(what) \(artifact)" }
  }

  let layout: Layout
  let surroundings: Surroundings

  /// By path: the artifacts in the file, with the names that they have there.
  private let files: [String: [(artifact: ArtifactID, name: String)]]

  init(layout: Layout, surroundings: Surroundings) {
    self.layout = layout
    self.surroundings = surroundings
    files = Dictionary(grouping: layout.deliveries, by: \.path.text).mapValues { $0.map { ($0.artifact.id, $0.name) } }
  }

  func problems(for artifacts: [Artifact], on platforms: [Platform]) -> Set<Problem> {
    var out: Set<Problem> = []
    for platform in platforms {
      for surface in platform.surfaces {
        let copies = copies(platform, surface)
        for artifact in artifacts {
          let count = copies[artifact.id] ?? 0
          let isWanted = artifact.audience.includes(platform.id)
          guard let what = isWanted ? (count == 0 ? "missing" : count > 1 ? "repeated" : nil) : (count > 0 ? "unwanted" : nil) else { continue }
          out.insert(
            Problem(platform: platform.id, surface: platform.surfaces.count > 1 ? surface : "", artifact: artifact.id.description, what: what))
        }
      }
    }
    return out
  }

  /// How often a reader loads each artifact.
  private func copies(_ platform: Platform, _ surface: String) -> [ArtifactID: Int] {
    let present = Set(files.keys).union(surroundings.files).union(layout.imports.map(\.path.text))
    var copies: [ArtifactID: Int] = [:]
    var loaded: Set<String> = []
    var names: [String: Set<String>] = [:]
    for read in platform.reads where read.on.isEmpty || read.on.contains(surface) {
      guard !read.unless.contains(where: present.contains) else { continue }
      let isMatch = matcher(read.path)
      for file in present.sorted() where isMatch(file) && loaded.insert(file).inserted {
        for (artifact, name) in files[file] ?? [] {
          if let group = read.once, !names[group, default: []].insert(name).inserted { continue }
          copies[artifact, default: 0] += 1
        }
        guard read.followsImports else { continue }
        for target in imports(in: file) { for (artifact, _) in files[target] ?? [] { copies[artifact, default: 0] += 1 } }
      }
    }
    return copies
  }

  private func imports(in file: String) -> Set<String> {
    let ours = layout.imports.filter { $0.path.text == file }.map { $0.line.replacingOccurrences(of: "./", with: "").dropFirst() }
    return Set(ours.map(String.init)).union(surroundings.imports[file] ?? [])
  }

  private func matcher(_ pattern: String) -> (String) -> Bool {
    guard pattern.contains("*") else { return { $0 == pattern } }
    let folders = pattern.components(separatedBy: "**/").map { part in
      part.components(separatedBy: "*").map { $0.replacingOccurrences(of: ".", with: "[.]") }.joined(separator: "[^/]*")
    }
    let regex = try? NSRegularExpression(pattern: "^" + folders.joined(separator: "(.*/)?") + "$")
    return { path in regex?.firstMatch(in: path, range: NSRange(path.startIndex..., in: path)) != nil }
  }
}

extension Layout {
  /// The exceptions, one for each artifact.
  var problems: Set<Simulation.Problem> {
    Set(
      exceptions.flatMap { exception in
        exception.artifacts.map { artifact in
          let what =
            switch exception.problem {
            case .missing: "missing"
            case .repeated: "repeated"
            case .unwanted: "unwanted"
            }
          return .init(platform: exception.platform, surface: exception.surface, artifact: artifact.description, what: what)
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
