package import ContextModel
package import FileTree

extension PlatformCatalog {
  /// The catalog for what one person adds and nobody commits: no place that artifacts share, but files that platforms keep for one person.
  package var forOnePerson: PlatformCatalog {
    var out = self
    for var platform in platforms {
      for (shape, ids) in platform.takes {
        let own = ids.filter { places[$0]?.path.isPerArtifact ?? false }
        let shared = ids.lazy.compactMap { self.places[$0] }.compactMap { $0.importing?.place.flatMap { self.places[$0] } ?? $0 }
        let model = shape.kind == .rule ? shared.first { $0.format == .block && $0.forms[shape] != nil } : nil
        platform.takes[shape] = own + (model.map { out.addPersonalPlaces(of: platform, like: $0) } ?? [])
      }
      (platform.settings, platform.ignoreFile) = (platform.personalSettings, nil)
      out.insert(platform)
    }
    return out
  }

  private mutating func addPersonalPlaces(of platform: Platform, like model: Place) -> [String] {
    platform.personalFiles.compactMap { path in
      guard let template = PathTemplate(path.text) else { return nil }
      let id = "personal/" + path.text
      places[id] = Place(id: id, path: template, format: .block, forms: model.forms)
      return id
    }
  }

  /// Whether a platform keeps that file for one person.
  package func isPersonal(_ path: TreePath) -> Bool { platforms.contains { personalPaths(of: $0).contains(path) } }

  /// The files that a platform keeps for one person: texts, and settings.
  package func personalPaths(of platform: Platform) -> [TreePath] {
    let ids = Set(platform.personalSettings.values.flatMap(\.takes)).sorted()
    return platform.personalFiles + ids.compactMap { settings[$0]?.path }
  }

  /// The catalog in which some places are taken by nobody who is not said to.
  package func narrowed(_ isTaken: (Platform, Shape, Place) -> Bool) -> PlatformCatalog {
    var out = self
    for var platform in platforms {
      for (shape, ids) in platform.takes { platform.takes[shape] = ids.filter { id in places[id].map { isTaken(platform, shape, $0) } ?? false } }
      out.insert(platform)
    }
    return out
  }
}

extension Platform {
  /// Files of one person that it reads at every start, beside those that everybody has.
  package var personalFiles: [TreePath] {
    reads.filter { $0.isPrivate && $0.when == .always && $0.on.isEmpty && $0.unless.isEmpty }.compactMap {
      $0.path.contains("*") ? nil : TreePath($0.path)
    }
  }
}
