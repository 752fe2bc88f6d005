import Diagnostics
import FileTree
import JSON
import TextDiff

/// What an upgrade of the library makes of one of its files, seen at one output.
struct LibraryChange {
  /// What became of it.
  enum Kind: String, CaseIterable {
    case changed, new, gone
  }

  /// What is known of the text.
  enum Text {
    case diff(String)
    /// The old text is nowhere to be found; the reason ends a sentence.
    case unknown(String)
  }

  var kind: Kind
  /// The file of the library, or kind/name of what is gone; nil for lines of a block that nothing has any more.
  var name: String?
  /// The output.
  var path: TreePath
  var text: Text
  /// Whether what is gone may have been in a tree of the user's as well.
  var mayBeUsers = false

  init(_ kind: Kind, _ name: String?, at path: TreePath, _ text: Text) {
    (self.kind, self.name, self.path, self.text) = (kind, name, path, text)
  }

  /// With the difference between two texts; a text that is not there is nil.
  init(_ kind: Kind, _ name: String?, at path: TreePath, from old: [UInt8]?, to new: [UInt8]?) {
    let diff = unifiedDiff(
      old: old ?? [], new: new ?? [], oldName: old == nil ? "/dev/null" : path.quoted("a/"), newName: new == nil ? "/dev/null" : path.quoted("b/"))
    self.init(kind, name, at: path, .diff(diff))
  }

  /// Whether both texts are the same.
  var isNothing: Bool { if case .diff("") = text { true } else { false } }

  private var title: String {
    let name = name.map { "`\($0.escapedForDisplay)`" } ?? "a part of `\(path.text.escapedForDisplay)`"
    switch kind {
    case .changed: return name + " changed"
    case .new: return name + " is new"
    case .gone: return name + (mayBeUsers ? " left the library, or a tree of yours" : " left the library")
    }
  }

  /// A line about it, and the difference.
  var description: String {
    switch text {
    case .diff(let diff): title + "\n" + diff
    case .unknown(let reason): "\(title); its old text is not known, because `\(path.text.escapedForDisplay)` \(reason)\n"
    }
  }

  var json: JSONValue {
    var (diff, reason): (String?, String?)
    switch text {
    case .diff(let text): diff = text
    case .unknown(let text): reason = text
    }
    return .object([
      ("change", .text(kind.rawValue)), ("name", .optional(name)), ("path", .text(path.text)), ("diff", .optional(diff)),
      ("unknown", .optional(reason)), ("mayBeUsers", .bool(mayBeUsers)),
    ])
  }
}

extension [LibraryChange] {
  /// All of it, for people.
  var text: String { map(\.description).joined() }

  /// All of it, for programs.
  var json: JSONValue { .list(map(\.json)) }
}
