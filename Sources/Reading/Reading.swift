package import FileTree
package import Platforms

/// What one surface of a platform loads from a tree, in the platform's own order.
package struct Reading: Hashable, Sendable {
  /// When a file is loaded, or would be.
  package enum Trigger: Hashable, Sendable {
    case start
    /// At start by name and description, whole when it is used.
    case listed
    /// When a file is in play that one of these patterns covers.
    case matched([String])
    /// When a file in this folder or below it is in play.
    case touched(TreePath)
    /// When the platform is started in this folder or below it.
    case startedIn(TreePath)
    /// When somebody asks for it.
    case demand
  }

  /// One file that is loaded.
  package struct Load: Hashable, Sendable {
    package var path: TreePath
    /// The files whose import lines led here, outermost first.
    package var through: [TreePath] = []
    package var trigger: Trigger
    /// Whether it is in the context whole, given the file that is in play.
    package var isLoaded: Bool
    package var size: Int
    /// The parts of the file that the model gets to see, as ranges of bytes.
    package var kept: [Range<Int>]
    /// What is cut off, in the platform's words; nil when nothing is.
    package var cut: String?
    /// What stands in the list of a `listed` file: its name and its description.
    package var listing: [UInt8] = []
  }

  /// A file that would be loaded if another one were not there.
  package struct Hidden: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      /// Something that the platform reads instead.
      case hidden(by: TreePath)
      /// Something of the same name that it found first.
      case shadowed(by: TreePath)
      /// Nothing in its head says when to load it.
      case never
      /// Nobody looked into it: what is in its head is not known.
      case tooLarge
      /// It cannot be read; the system's words.
      case unreadable(String)
    }

    package var path: TreePath
    package var reason: Reason
  }

  package var loads: [Load] = []
  package var hidden: [Hidden] = []

  /// What is in the context at start: files in full, and the lists of names and descriptions.
  package var bytesAtStart: Int {
    loads.reduce(0) { sum, load in
      switch load.trigger {
      case .start: sum + load.bytes
      case .listed: sum + load.listing.count
      case .matched, .touched, .startedIn, .demand: sum
      }
    }
  }
}

extension Reading.Load {
  /// How much of it the model gets to see.
  package var bytes: Int { kept.reduce(0) { $0 + $1.count } }
}

/// Works out what a surface of a platform loads.
///
/// - Parameters:
///   - inPlay: a file that somebody works on; nil for the start alone.
///   - files: what is there; a listing of the whole tree also finds files of nested folders.
/// - Throws: `TreeError` when a file cannot be read.
package func read(
  _ files: FileList, of tree: some ReadableTree, as platform: Platform, on surface: String, inPlay: TreePath? = nil
) throws(TreeError) -> Reading {
  var reader = PlatformReader(files: files, tree: tree, platform: platform, surface: surface, inPlay: inPlay)
  try reader.readAll()
  return reader.reading
}
