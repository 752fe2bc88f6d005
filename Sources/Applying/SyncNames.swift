import FileTree

extension WritableTree {
  /// Makes the names in some folders durable; nil is the root.
  /// - Parameter new: of these folders, some that were just made in others of them, and so lie on the same file systems.
  mutating func syncNames(in folders: Set<TreePath?>, new: Set<TreePath> = []) throws(TreeError) {
    // A folder that was swapped away meanwhile is nobody's to sync.
    var devices: Set<UInt64> = []
    // Each folder costs the disk a flush, which all of them together cost once.
    let isOne = folders.count <= 8
    for folder in (isOne ? folders : folders.subtracting(new)).inOrder {
      if let folder, isOne, try observe(folder) != .directory { continue }
      if isOne {
        try sync(folder)
      } else if let device = try identity(of: folder)?.device, devices.insert(device).inserted {
        try syncFileSystem(of: folder)
      }
    }
  }

  /// Makes all durable that was written to the file systems of some folders, each once.
  mutating func syncFileSystems(of folders: Set<TreePath?>) throws(TreeError) {
    var devices: Set<UInt64> = []
    for folder in folders.inOrder {
      guard let device = try identity(of: folder)?.device, devices.insert(device).inserted else { continue }
      try syncFileSystem(of: folder)
    }
  }
}

extension Set<TreePath?> {
  fileprivate var inOrder: [TreePath?] {
    sorted { ($0?.bytes ?? []).lexicographicallyPrecedes($1?.bytes ?? []) }
  }
}
