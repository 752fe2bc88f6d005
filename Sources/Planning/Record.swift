package import FileTree

/// What aiwg.lock says: which outputs aiwg left where, and with which bytes.
package struct Record: Hashable, Sendable {
  /// Where the lock lies.
  package static let path = TreePath(known: "aiwg.lock")

  /// Who wrote it.
  package struct Header: Hashable, Sendable {
    /// Of aiwg, such as `0.3.0`.
    package var version: String
    /// The beginning of the digest of the data that aiwg ships.
    package var data: String

    package init(version: String, data: String) {
      self.version = version
      self.data = data
    }
  }

  /// One line about an output.
  package struct Claim: Hashable, Sendable {
    package var digest: Digest
    /// Whether it speaks of the managed block alone.
    package var isBlock: Bool

    package init(_ digest: Digest, isBlock: Bool = false) {
      self.digest = digest
      self.isBlock = isBlock
    }
  }

  /// Nil when there is no lock yet.
  package var header: Header?
  /// One claim for each path; more after a merge that kept the lines of both sides.
  package var claims: [TreePath: [Claim]]
  /// Files that aiwg made and may take away again while what is not an output in them has these bytes.
  package var created: [TreePath: Set<Digest>]
  /// Folders that aiwg made, and takes away again when they are empty.
  package var folders: Set<TreePath>

  package init(
    header: Header? = nil, claims: [TreePath: [Claim]] = [:], created: [TreePath: Set<Digest>] = [:], folders: Set<TreePath> = []
  ) {
    self.header = header
    self.claims = claims
    self.created = created
    self.folders = folders
  }

  /// Whether there is nothing to remember.
  package var isEmpty: Bool { claims.isEmpty && created.isEmpty }

  /// The file: sorted by path, LF ends, a form that `sha256sum -c` accepts.
  package var bytes: [UInt8] {
    var out = Array("# aiwg.lock 1".utf8)
    if let header { out += " · aiwg \(header.version) · data \(header.data)".utf8 }
    out.append(UInt8(ascii: "\n"))
    func line(_ lead: StaticString, _ digest: Digest, _ gap: StaticString, _ path: TreePath) {
      lead.withUTF8Buffer { out += $0 }
      digest.appendHex(to: &out)
      gap.withUTF8Buffer { out += $0 }
      out += path.bytes
      out.append(UInt8(ascii: "\n"))
    }
    for path in Set(claims.keys).union(created.keys).union(folders).sorted() {
      if folders.contains(path) {
        out += "# folder ".utf8
        out += path.bytes
        out.append(UInt8(ascii: "\n"))
      }
      for claim in claims[path] ?? [] {
        if claim.isBlock { line("# block ", claim.digest, " ", path) } else { line("", claim.digest, "  ", path) }
      }
      for digest in (created[path] ?? []).sorted() { line("# created ", digest, " ", path) }
    }
    return out
  }
}
