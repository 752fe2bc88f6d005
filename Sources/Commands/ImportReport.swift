import ContextModel
import Diagnostics
import FileTree
import Formats
import Importing
import Layout
import Planning
import Platforms
import TextDiff

/// What an import does to each file that it found, and where its text stands afterwards.
struct ImportReport {
  let importation: Importation
  let pipeline: Pipeline
  private let lenses: [TreePath: [Lens]]

  init(of importation: Importation, as pipeline: Pipeline) {
    (self.importation, self.pipeline) = (importation, pipeline)
    lenses = pipeline.renderer.lenses(in: pipeline.layout)
  }

  /// Of each file: what it became, what that looks like in its place, and every line that is otherwise than before.
  func text() throws -> String {
    var out = ""
    for file in importation.result.taken { out += try lines(about: file) }
    for setting in importation.result.takenSettings { out += lines(about: setting) }
    for (path, reason) in importation.found.leftAlone + importation.result.leftAlone {
      out += "\(path.text.escapedForDisplay) is left alone: \(reason)\n"
    }
    return out
  }

  private func lines(about file: Import.Taken) throws -> String {
    let path = file.path.text.escapedForDisplay
    let became = file.became.map { importation.shown($0).escapedForDisplay }
    let change = pipeline.plan.changes.first { $0.path == file.path }
    let places = outputs(of: file)
    var out = path + (became.isEmpty ? "" : " → " + became.joined(separator: ", "))
    var difference = ""
    switch change?.decision {
    case .adopt?, .keep?: out += ", and stays as it is\n"
    case .delete?:
      out += places.isEmpty ? ", and goes\n" : ", and goes to " + places.map(\.path.text.escapedForDisplay).joined(separator: ", ") + "\n"
      difference = try self.difference(from: file, to: places.count == 1 ? places[0] : places.first { lenses[$0.path] != nil })
    case .update?:
      out += ", and is written anew:\n"
      difference = try self.difference(from: file, to: places.first { $0.path == file.path })
    default: out += "\n"
    }
    if change?.decision == .delete, let losing = try othersReading(file) { out += "    \(losing)\n" }
    for note in file.notes { out += "    \(note.escapedForDisplay)\n" }
    return out + difference
  }

  /// Platforms that are not selected and that read the file where it is.
  private func othersReading(_ file: Import.Taken) throws -> String? {
    let others = pipeline.sources.catalog.platforms.filter { platform in
      !pipeline.selection.platforms.contains(platform.id) && platform.reads.contains { $0.path == file.path.text && $0.when == .always }
    }
    guard !others.isEmpty else { return nil }
    return "\(others.map(\.id).joined(separator: ", ")) would read it here, and find nothing any more; name with --from those that you use"
  }

  /// The outputs that say it to the platforms that the file was for.
  private func outputs(of file: Import.Taken) -> [DesiredOutput] {
    let origins = Set(file.became.map { pipeline.repository.shownAs + importation.shown($0) })
    return pipeline.rendering.desired.outputs.filter { output in
      !origins.isDisjoint(with: output.origins) && !Set(file.platforms).isDisjoint(with: output.platforms)
    }
  }

  /// The lines that are not the same, without those around them.
  private func difference(from file: Import.Taken, to output: DesiredOutput?) throws -> String {
    guard let output, let bytes = try bytes(of: output, saying: file) else { return "" }
    let diff = unifiedDiff(old: file.bytes, new: bytes, oldName: "", newName: "", context: 0)
    // A CRLF is one character, and no line feed.
    return diff.utf8.split(separator: UInt8(ascii: "\n")).dropFirst(2).map { "    \(String(decoding: $0, as: UTF8.self).escapedForDisplay)\n" }
      .joined()
  }

  /// An output, or of a block the part that says what the file said.
  private func bytes(of output: DesiredOutput, saying file: Import.Taken) throws -> [UInt8]? {
    guard case .file(let content, _) = output.form else {
      let lens = lenses[output.path]?.first { file.became.contains($0.delivery.artifact.path.text) }
      return try? lens?.write().bytes
    }
    var bytes: [UInt8] = []
    do throws(TreeError) { try content.stream { bytes += $0 } } catch { throw CommandFailure(error, shownAs: pipeline.repository.shownAs) }
    return bytes
  }
}

extension Importation {
  /// A file of the tree by its path in the repository.
  func shown(_ path: String) -> String { folder == "." ? path : folder + "/" + path }
}
