package import FileTree

/// One file as it is handed over: what is in it, how its user calls it, and where it is from.
package struct AuditedFile: Sendable {
  /// How much a file's own words about what it shows are believed.
  package enum Origin: Hashable, Sendable {
    /// Of the repository: what is shown as a bad example, in a section about attacks, is one.
    case own
    /// Fetched, or named from elsewhere: only the sentence itself can say that it forbids something.
    case foreign
  }

  /// In the repository.
  package var path: TreePath
  /// As the user would type it.
  package var shownAs: String
  package var bytes: [UInt8]
  package var origin: Origin
  /// How many bytes there are, when not all of them were read.
  package var fullSize: Int?

  package init(_ path: TreePath, shownAs: String, bytes: [UInt8], origin: Origin = .own, fullSize: Int? = nil) {
    (self.path, self.shownAs, self.bytes, self.origin, self.fullSize) = (path, shownAs, bytes, origin, fullSize)
  }

  /// What follows the last dot of the name, in lower case.
  var ending: String {
    let name = path.name.lowercased()
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return String(name[name.index(after: dot)...])
  }

  /// How the file is read.
  var form: Form {
    switch ending {
    case "json", "jsonc", "json5", "code-workspace": .json
    case "toml": .toml
    case "yaml", "yml": .yaml
    case "sh", "bash", "zsh", "fish", "py", "js", "mjs", "cjs", "ts", "rb", "pl", "php", "ps1", "bat", "cmd", "lua", "go", "rs", "swift",
      "applescript":
      .script
    default: .prose
    }
  }

  enum Form: Hashable, Sendable {
    /// Markdown, or text that is read like it.
    case prose
    case json, toml, yaml
    case script

    /// Whether it configures something, so that no sentence in it is about anything else.
    var isSettings: Bool { self == .json || self == .toml || self == .yaml }
  }
}
