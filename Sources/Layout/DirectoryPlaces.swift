import ContextModel
import FileTree
package import Platforms

/// The directories whose files may carry rules that are for them alone.
struct DirectoryPlaces {
  /// Ids of the places with a file for each directory.
  private let models: Set<String>
  /// By rule: the directory that it is for, when somebody asks for files there.
  private let directories: [ArtifactID: TreePath]

  init(of tree: ContextTree, in catalog: PlatformCatalog, surroundings: Surroundings) {
    let places = catalog.places.values.filter(\.path.isPerDirectory)
    models = Set(places.map(\.id))
    guard !places.isEmpty, !surroundings.directoryFiles.isEmpty else {
      directories = [:]
      return
    }
    var found: [ArtifactID: TreePath] = [:]
    for artifact in tree.artifacts {
      guard let directory = artifact.directory else { continue }
      let files = places.compactMap { $0.path.filled(in: directory)?.text }
      if files.contains(where: { surroundings.directoryFiles[$0] != nil }) { found[artifact.id] = directory }
    }
    directories = found
  }

  var all: Set<TreePath> { Set(directories.values) }

  func directory(of id: ArtifactID) -> TreePath? { directories[id] }

  /// The places that ids stand for in one directory; without one, those of the whole repository alone.
  func places(_ ids: [String], in directory: TreePath?) -> [String] {
    ids.compactMap { id in models.contains(id) ? directory.map { Place.id(of: id, in: $0) } : id }
  }

  /// Whether one of the ids stands for a file of a directory.
  func areMeant(by ids: [String]) -> Bool { ids.contains(where: models.contains) }
}

extension Surroundings {
  /// Why a block cannot be the file of a directory; nil when it can, and for places of the whole repository.
  package func obstacle(to place: Place, for platforms: [Platform]) -> String? {
    guard let directory = place.directory else { return nil }
    guard case .open? = directoryFiles[place.path.text] else {
      if case .closed(let reason)? = directoryFiles[place.path.text] { return reason }
      return "nobody asks for a file there"
    }
    let hidden = platforms.lazy.flatMap(\.reads).compactMap { $0.nested(in: directory.path) }.first { read in
      read.unless.contains(place.path.text) && files.contains(read.path) && !read.unless.contains(where: files.contains)
    }
    return hidden.map { "it would hide `\($0.path)`" }
  }
}
