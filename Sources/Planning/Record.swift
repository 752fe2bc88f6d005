package import FileTree

/// What aiwg.lock says: which outputs aiwg left where, and with which bytes.
package struct Record: Hashable, Sendable {
  /// Where the lock lies.
  package static let path = TreePath(known: "aiwg.lock")
  /// The version of a lock that is written, and the newest one that is read; docs/compatibility.md says when it is raised.
  package static let formatVersion = 1
  /// Where copies of what lies elsewhere are, each in a folder of its own.
  package static let copies = TreePath(known: ".aiwg/sources")

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

  /// What aiwg put into a settings file of the user's.
  package struct Settings: Hashable, Sendable {
    /// A member or an element, and the digest of the value that it was given.
    package struct Piece: Hashable, Sendable {
      package var path: [String]
      package var isElement: Bool
      package var digest: Digest

      package init(path: [String], isElement: Bool, digest: Digest) {
        (self.path, self.isElement, self.digest) = (path, isElement, digest)
      }
    }

    /// A map or list that was made for a piece, or that was empty before.
    package struct Container: Hashable, Sendable {
      package var path: [String]
      /// What the empty one had between its brackets; nil when there was none.
      package var before: String?

      package init(path: [String], before: String?) {
        (self.path, self.before) = (path, before)
      }
    }

    package var pieces: Set<Piece> = []
    package var containers: Set<Container> = []

    package init() {}
  }

  /// What was fetched from elsewhere into a folder.
  package struct Pin: Hashable, Sendable {
    /// Of the content, by `Digest(ofFiles:)`.
    package var digest: Digest
    /// The full id that git has for it.
    package var commit: String
    /// What was asked for, such as `main`.
    package var rev: String
    /// Where it was fetched.
    package var url: String
    /// The folder of the repository that it was fetched from.
    package var path: TreePath?

    package init(digest: Digest, commit: String, rev: String, url: String, path: TreePath? = nil) {
      (self.digest, self.commit, self.rev, self.url, self.path) = (digest, commit, rev, url, path)
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
  /// By settings file: what in it is aiwg's.
  package var settings: [TreePath: Settings] = [:]
  /// By folder of the copy: what it is a copy of; more than one pin after a merge that kept the lines of both sides.
  package var pins: [TreePath: [Pin]]

  package init(
    header: Header? = nil, claims: [TreePath: [Claim]] = [:], created: [TreePath: Set<Digest>] = [:], folders: Set<TreePath> = [],
    pins: [TreePath: [Pin]] = [:]
  ) {
    self.header = header
    self.claims = claims
    self.created = created
    self.folders = folders
    self.pins = pins
  }

  /// Whether there is nothing to remember.
  package var isEmpty: Bool { claims.isEmpty && created.isEmpty && settings.isEmpty && pins.isEmpty }

  /// The file: sorted by path, LF ends, a form that `sha256sum -c` accepts.
  package var bytes: [UInt8] {
    var out = Array("# aiwg.lock \(Self.formatVersion)".utf8)
    if let header { out += " · aiwg \(header.version) · data \(header.data)".utf8 }
    out.append(UInt8(ascii: "\n"))
    out.reserveCapacity(128 * (claims.count + created.count) + 64 * folders.count)
    func line(_ lead: StaticString, _ digest: Digest, _ gap: StaticString, _ path: TreePath) {
      lead.withUTF8Buffer { out += $0 }
      digest.appendHex(to: &out)
      gap.withUTF8Buffer { out += $0 }
      out += path.bytes
      out.append(UInt8(ascii: "\n"))
    }
    var last: TreePath?
    for path in (Array(claims.keys) + created.keys + folders + settings.keys + pins.keys).sorted() where path != last {
      last = path
      if folders.contains(path) {
        out += "# folder ".utf8
        out += path.bytes
        out.append(UInt8(ascii: "\n"))
      }
      for pin in pins[path] ?? [] {
        out += "# source \(pin.digest.hex) \(pin.commit) ".utf8 + path.bytes + " \(pin.rev) \(pin.url)".utf8
        if let inside = pin.path { out += [UInt8(ascii: " ")] + inside.bytes }
        out.append(UInt8(ascii: "\n"))
      }
      for claim in claims[path] ?? [] {
        if claim.isBlock { line("# block ", claim.digest, " ", path) } else { line("", claim.digest, "  ", path) }
      }
      for digest in (created[path] ?? []).sorted() { line("# created ", digest, " ", path) }
      for text in settings[path]?.lines ?? [] {
        out += text.utf8
        out += path.bytes
        out.append(UInt8(ascii: "\n"))
      }
    }
    return out
  }
}
