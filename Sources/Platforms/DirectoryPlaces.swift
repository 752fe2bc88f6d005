package import FileTree

extension PlatformCatalog {
  /// The same catalog with a place for each of these directories, wherever a place has `{directory}` in its path.
  ///
  /// Where no output may be, there is none.
  package func extended(to directories: some Sequence<TreePath>) -> PlatformCatalog {
    let models = places.values.filter(\.path.isPerDirectory)
    guard !models.isEmpty else { return self }
    var out = self
    for directory in directories {
      for place in models.compactMap({ $0.filled(in: directory) }) { out.places[place.id] = place }
    }
    return out
  }
}

extension Place {
  /// The file in one directory; nil without `{directory}` in the path, and where no output may be.
  package func filled(in directory: TreePath) -> Place? {
    guard let path = path.filled(in: directory) else { return nil }
    return Place(
      id: Self.id(of: id, in: directory), path: path, format: format, forms: forms, sidecars: sidecars, importing: importing,
      directory: Directory(path: directory, place: id))
  }

  /// The id of the place in one directory that another one stands for.
  package static func id(of place: String, in directory: TreePath) -> String { place + "/" + directory.text }
}

extension Platform.Read {
  /// The same read as it is in a folder further down, with paths from the root; nil when it reads nothing there.
  package func nested(in directory: TreePath) -> Platform.Read? {
    guard nested != nil else { return nil }
    var out = self
    let prefix = directory.text + "/"
    out.path = prefix + path
    out.unless = unless.map { prefix + $0 } + nestedUnless
    out.nestedUnless = []
    // Not at start, whenever the one at the root loads.
    out.when = .demand
    return out
  }
}
