import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import JSON
import ProjectFile
import SharedFiles
import TextDiff

/// Where a line of an output comes from.
struct LineOrigin {
  private let asked: String
  /// The file of the canonical tree; nil when the line is from no artifact.
  private(set) var source: String?
  /// The line there, counted from 1; nil when aiwg added the line for the artifact.
  private(set) var line: Int?
  private var words: String

  /// - Throws: `CommandFailure` when there is no such line, or no output at that path.
  init(_ asked: String, _ options: CommonOptions) throws {
    let (file, number) = try Self.parts(of: asked)
    let pipeline = try Pipeline(options)
    try self.init(line: number, of: pipeline.repository.path(of: file), pipeline, asked: asked)
  }

  /// - Parameter number: counted from 1.
  /// - Throws: `CommandFailure` when there is no such line, or no output at that path.
  init(line number: Int, of path: TreePath, _ pipeline: Pipeline, asked: String = "") throws {
    self.asked = asked
    let pieces = outputPieces(
      at: path, in: pipeline.layout, of: pipeline.sources.tree, catalog: pipeline.sources.catalog, showing: pipeline.configuration.project.show)
    guard !pieces.isEmpty else {
      throw CommandFailure(.invalid, "aiwg renders no `\(path.text)`", id: "usage/no-output", help: "`aiwg status -v` lists the outputs")
    }
    if case .resource(let origin) = pieces[0].origin {
      (source, line, words) = (origin, number, "copied as it is")
      return
    }
    let isBlock = pipeline.rendering.desired.outputs.contains { output in
      if case .block = output.form { output.path == path } else { false }
    }
    guard let desired = try Self.desiredLine(number, of: path, isBlock: isBlock, pieces, in: pipeline.repository) else {
      (source, line, words) = (nil, nil, isBlock ? "outside of the block: the file is yours" : "not what aiwg would write: an edit by hand")
      return
    }
    (source, line, words) = Self.origin(of: desired, in: pieces)
  }

  private static func parts(of asked: String) throws -> (file: String, line: Int) {
    if let colon = asked.lastIndex(of: ":"), let line = Int(asked[asked.index(after: colon)...]), line > 0, colon > asked.startIndex {
      return (String(asked[..<colon]), line)
    }
    throw CommandFailure(.invalid, "`\(asked)` is no line of a file", id: "usage/no-line", help: "write it like `AGENTS.md:42`")
  }

  /// The line of what aiwg would write that a line of the file on disk is, counted from 0.
  private static func desiredLine(_ number: Int, of path: TreePath, isBlock: Bool, _ pieces: [OutputPiece], in repository: Repository) throws -> Int?
  {
    let desired = Array(pieces.map(\.bytes).joined())
    do throws(TreeError) {
      guard case .bytes(let bytes) = try repository.tree.read(path, atMost: mostSharedBytes) else { return nil }
      guard isBlock else { return Self.line(number - 1, of: bytes, in: desired) }
      guard case .found(let block) = findBlock(in: SourceText(path: path.text, bytes: bytes), syntax: .markdown) else { return nil }
      let first = bytes[..<block.range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
      return Self.line(number - 1 - first, of: block.content, in: desired)
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  private static func line(_ line: Int, of bytes: [UInt8], in desired: [UInt8]) -> Int? {
    let origins = lineOrigins(of: bytes, in: desired)
    return origins.indices.contains(line) ? origins[line] : nil
  }

  private static func origin(of line: Int, in pieces: [OutputPiece]) -> (source: String?, line: Int?, words: String) {
    var first = 0
    for piece in pieces {
      let count = piece.bytes.count { $0 == UInt8(ascii: "\n") } + (piece.bytes.last == UInt8(ascii: "\n") ? 0 : 1)
      guard line >= first + count else {
        guard case .artifact(let artifact) = piece.origin else { return (nil, nil, "written for the platform, from no artifact") }
        // Outputs may have other line ends than their source.
        let origins = lineOrigins(of: normalizedLines(piece.bytes), in: normalizedLines(artifact.text.bytes))
        guard origins.indices.contains(line - first), let found = origins[line - first] else {
          return (artifact.text.path, nil, "added by aiwg, from its frontmatter")
        }
        return (artifact.text.path, found + 1, "")
      }
      first += count
    }
    return (nil, nil, "behind the last line")
  }

  var text: String {
    let place = source.map { $0.escapedForDisplay + (line.map { ":\($0)" } ?? "") }
    return [place, words.isEmpty ? nil : place == nil ? words : "(\(words))"].compactMap(\.self).joined(separator: " ") + "\n"
  }

  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("explain")), ("exit", .number(0)), ("asked", .text(asked)), ("path", .optional(source)),
      ("line", .optional(line)), ("note", .optional(words.isEmpty ? nil : words)),
    ])
  }
}
