/// The bytes of an output: held in memory, or those of a source file that is copied as it is.
package enum Content: Sendable {
  case bytes([UInt8])
  /// Parts one after the other: those of a body that many outputs share are slices of it.
  case parts([ArraySlice<UInt8>])
  /// A file of a source tree, too big or too plain to hold.
  case copy(of: TreePath, in: any ReadableTree)

  /// Hands over the bytes in pieces, in order, so that a large file is never held.
  /// - Throws: `TreeError` when the source file is gone or cannot be read, and what `piece` throws.
  package func stream(to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) {
    switch self {
    case .bytes(let bytes):
      try bytes.withUnsafeBufferPointer { (buffer) throws(TreeError) in try piece(UnsafeRawBufferPointer(buffer)) }
    case .parts(let parts):
      for part in parts { try part.withUnsafeBufferPointer { (buffer) throws(TreeError) in try piece(UnsafeRawBufferPointer(buffer)) } }
    case .copy(let path, let tree):
      guard case .file = try tree.stream(path, to: piece) else { throw TreeError(path: path, reason: "Not a regular file") }
    }
  }
}

/// How the markers of a managed block are written in a file.
package enum BlockSyntax: String, Hashable, Sendable {
  /// `<!-- aiwg:begin -->`
  case markdown
  /// `# aiwg:begin`
  case hash
}

/// What aiwg wants at one path; a class, because there are many of them and they are passed around.
package final class DesiredOutput: Sendable {
  package enum Form: Sendable {
    /// A whole file of ours.
    case file(Content, isExecutable: Bool)
    /// A managed block in a file that is the user's; LF line ends, ending with one.
    case block([UInt8], BlockSyntax)
    /// Members and elements in a settings file that is the user's.
    case settings([DesiredSetting], SettingsSyntax)
  }

  package let path: TreePath
  package let form: Form
  /// The canonical files that it is made of, as the user would type them.
  package let origins: [String]
  /// The platforms that it is there for, by id.
  package let platforms: [String]

  package init(path: TreePath, form: Form, origins: [String], platforms: [String]) {
    self.path = path
    self.form = form
    self.origins = origins
    self.platforms = platforms
  }
}

/// All that aiwg wants in a repository, in byte order of the paths, each path once.
package struct DesiredTree: Sendable {
  package let outputs: [DesiredOutput]

  /// Sorts the outputs; two for one path are a programming error of the renderer.
  package init(_ outputs: [DesiredOutput]) {
    self.outputs = outputs.sorted { $0.path < $1.path }
  }
}
