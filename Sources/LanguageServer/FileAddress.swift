import Diagnostics

/// The path of a `file:` address; nil for an address of anything else.
package func path(ofAddress address: String) -> String? {
  guard address.hasPrefix("file://") else { return nil }
  // A host may stand there, and means this machine.
  guard let slash = address.dropFirst(7).firstIndex(of: "/") else { return nil }
  return String(address[slash...]).percentDecoded
}

/// The `file:` address of a path from the root.
package func address(ofPath path: String) -> String { "file://" + path.percentEncoded }
