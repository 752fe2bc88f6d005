package import FileTree

extension DesiredOutput {
  /// All bytes of the output, wherever they come from.
  package func bytes() throws -> [UInt8] {
    guard case .file(let content, _) = form else {
      guard case .block(let bytes, _) = form else { return [] }
      return bytes
    }
    var out: [UInt8] = []
    try content.stream { (piece) throws(TreeError) in out += Array(piece) }
    return out
  }

  /// Whether it is a file of the source as it is.
  package var isCopy: Bool {
    if case .file(.copy, _) = form { true } else { false }
  }
}
