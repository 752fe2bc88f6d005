import Diagnostics

extension YAMLDecoder {
  /// Which version of its format a document says that it has, by its key `version`; without one it is the first.
  ///
  /// A newer one than this aiwg reads is an error, and nothing else of the document is to be looked at: its keys would be called unknown that are not.
  ///
  /// - Parameter newest: the newest version that is read.
  /// - Returns: nil for a newer one.
  package mutating func formatVersion(of root: YAMLNode, newest: Int) -> Int? {
    guard let node = root["version"] else { return 1 }
    guard let scalar = node.scalar, scalar.isNumber else {
      report("wrong-type", "expected a whole number here, not \(node.kindInWords)", at: node.range, help: Self.help(newest))
      return 1
    }
    let digits = scalar.text.utf8
    guard let first = digits.first, (0x31...0x39).contains(first), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      report("unknown-value", "there is no version `\(scalar.text)` of this file", at: node.range, help: Self.help(newest))
      return 1
    }
    // One that is too large for an integer is newer as well.
    if let version = Int(scalar.text), version <= newest { return version }
    report(
      "newer", "`\(source.path)` has version `\(scalar.text)`, and this aiwg reads \(Self.versions(newest))", at: node.range,
      help: "update aiwg; `aiwg --version` says which one this is")
    return nil
  }

  private static func versions(_ newest: Int) -> String { newest == 1 ? "version 1" : "versions 1 to \(newest)" }

  private static func help(_ newest: Int) -> String { "write `version: \(newest)`, or leave it out, which is version 1" }
}
