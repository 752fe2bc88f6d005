extension TreePath? {
  /// Where a relative path leads from this folder; nil when that is out of the tree.
  package func following(_ target: String) -> TreePath? {
    guard !target.hasPrefix("/"), !target.hasPrefix("~") else { return nil }
    var parts = (self?.text ?? "").split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == "." { continue }
      if part != ".." {
        parts.append(String(part))
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return TreePath(parts.joined(separator: "/"))
  }
}
