import ContextModel
package import Diagnostics
package import FileTree
package import Formats
import Layout
package import Platforms
import Settings
import TextDiff
import YAML

/// An output that somebody edited.
package struct EditedOutput: Sendable {
  package var path: TreePath
  /// What aiwg left there: of a file all of it, of a block the lines between the markers.
  package var base: [UInt8]
  /// What is there now.
  package var edited: [UInt8]
  /// The whole file, under the name that the user knows.
  package var file: SourceText
  /// The line of the file that the first byte of what was edited stands on, from 1.
  package var firstLine: Int

  package init(path: TreePath, base: [UInt8], edited: [UInt8], file: SourceText, firstLine: Int = 1) {
    (self.path, self.base, self.edited, self.file, self.firstLine) = (path, base, edited, file, firstLine)
  }

  /// A line of what was edited, from 1, as a place of the file.
  func place(ofLine line: Int?) -> SourcePlace {
    guard let line else { return file.whole }
    let lines = linesWithEnds(of: file.bytes)
    guard lines.indices.contains(line + firstLine - 2) else { return SourcePlace(path: file.path, line: line + firstLine - 1) }
    let text = lines[line + firstLine - 2]
    let end = text.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? text.startIndex
    return file.place(text.startIndex..<end)
  }
}

/// Which side settles what both of them changed.
package enum Preference: Sendable {
  /// The canonical file, as it was or as other outputs changed it already.
  case ours
  /// The edited output.
  case theirs
}

/// Takes edited outputs into the canonical tree, one after the other.
package struct Absorber {
  private let lenses: [TreePath: [Lens]]
  let catalog: PlatformCatalog
  let preference: Preference?
  /// Artifacts that edits were taken into, as they are by now.
  var changed: [ArtifactID: Artifact] = [:]
  /// The bytes of their files before that.
  var originals: [ArtifactID: [UInt8]] = [:]
  /// Files beside skills that edits were taken into.
  private var resources: [TreePath: (old: [UInt8], new: [UInt8])] = [:]
  /// By output: the file that it is a copy of.
  private var takenResources: [TreePath: TreePath] = [:]
  private var taken: [TreePath] = []
  /// The bytes of the files of artifacts that edits are being taken into.
  var originalBytes: [ArtifactID: [UInt8]] = [:]
  /// What was said about lines of the permissions file.
  var permissionEdit = PermissionEdit()
  /// By place of an edit that was taken in: what is allowed after it and was not before.
  package var loosened: [(place: SourcePlace, changes: [String])] = []
  /// Everything that could not be taken in.
  package var problems: [Diagnostic] = []

  /// - Parameter preference: settles conflicts; nil reports them.
  package init(_ lenses: [TreePath: [Lens]], in catalog: PlatformCatalog, preferring preference: Preference?) {
    (self.lenses, self.catalog, self.preference) = (lenses, catalog, preference)
  }

  /// Canonical files that change: as they were, and as they are to be, by their paths in the repository.
  package var files: [(path: TreePath, old: [UInt8], new: [UInt8])] {
    let artifacts = changed.values.compactMap { artifact -> (path: TreePath, old: [UInt8], new: [UInt8])? in
      guard let path = artifact.repositoryPath, let old = originals[artifact.id], old != artifact.text.bytes else { return nil }
      return (path, old, artifact.text.bytes)
    }
    let others = resources.filter { $1.old != $1.new }.map { (path: $0, old: $1.old, new: $1.new) }
    return (artifacts + others).sorted { $0.path < $1.path }
  }

  /// What each output that was taken in is to be by now; of a block, the lines between the markers.
  package var expected: [TreePath: [UInt8]] {
    let outputs = taken.map { path in (path, (try? current(at: path).map { try $0.write().bytes }) ?? []) }
    let rendered = outputs.map { ($0, Array($1.joined(separator: [UInt8(ascii: "\n")]))) }
    return Dictionary(rendered) { first, _ in first }.merging(takenResources.compactMapValues { resources[$0]?.new }) { $1 }
  }

  /// Takes in a file that is copied as it is.
  ///
  /// - Parameters:
  ///   - source: the canonical file in the repository; nil when it lies elsewhere.
  ///   - bytes: what that file holds.
  package mutating func take(_ output: EditedOutput, copiedFrom source: TreePath?, holding bytes: [UInt8]) {
    guard let source else {
      return refuse(output, Refusal("its source lies outside of the repository, where nothing is written", help: "edit it there"))
    }
    let current = resources[source]?.new ?? bytes
    let isText = [output.base, output.edited, current].allSatisfy { !$0.contains(0) }
    if !isText, output.base != current, output.edited != current {
      guard let preference else {
        return refuse(output, Refusal("it is no text, and its source changed too", help: "choose with `--ours` or `--theirs`"))
      }
      resources[source] = (bytes, preference == .ours ? current : output.edited)
    } else {
      guard let wanted = merged(output, current) else { return }
      resources[source] = (bytes, wanted)
    }
    takenResources[output.path] = source
  }

  /// Takes in an output that is rendered from artifacts.
  ///
  /// What it says goes into the canonical files as they are by now: the same edit in two outputs is one, and different ones are merged.
  package mutating func take(_ output: EditedOutput) {
    let lenses = current(at: output.path)
    guard !lenses.isEmpty else {
      return refuse(output, Refusal("aiwg writes this, and from no artifact", help: "take the edit out with `aiwg sync --discard`"))
    }
    do throws(Refusal) {
      var parts: [[UInt8]] = []
      for lens in lenses { parts.append(try written(by: lens)) }
      let desired = Array(parts.joined(separator: [UInt8(ascii: "\n")]))
      guard output.edited.contains(where: { $0 > 0x20 }) || !output.base.contains(where: { $0 > 0x20 }) else {
        throw Refusal(
          "it is empty, as after a save that failed", help: "`aiwg sync --discard` brings it back; to be rid of it, remove its canonical file")
      }
      guard let wanted = merged(output, desired) else { return }
      let edited = lenses.count == 1 && !isBlock(lenses[0]) ? [wanted] : try BlockEdits(parts: parts).parts(of: wanted)
      var line = 1
      for (number, lens) in lenses.enumerated() {
        if edited[number] != parts[number] { try take(edited[number], through: lens, firstLine: line) }
        line += edited[number].count { $0 == UInt8(ascii: "\n") } + 1
      }
      taken.append(output.path)
    } catch {
      refuse(output, error)
    }
  }

  private func isBlock(_ lens: Lens) -> Bool { lens.delivery.place.format == .block }

  private func written(by lens: Lens) throws(Refusal) -> [UInt8] {
    do throws(ReadingProblem) { return try lens.write().bytes } catch { throw Refusal(error, in: []) }
  }

  private mutating func take(_ edited: [UInt8], through lens: Lens, firstLine: Int) throws(Refusal) {
    let artifact = lens.delivery.artifact
    guard artifact.repositoryPath != nil else {
      let help = "copy `\(artifact.text.path)` into a source of this repository that comes later in aiwg.yaml, and edit that"
      throw Refusal("`\(artifact.id)` comes from outside of the repository, where nothing is written", help: help)
    }
    do throws(Refusal) {
      changed[artifact.id] = try Artifact(saying: edited, through: lens, in: catalog)
      originals[artifact.id] = originals[artifact.id] ?? artifact.text.bytes
    } catch {
      throw Refusal("`\(artifact.id)`: \(error.message)", line: error.line.map { $0 + firstLine - 1 }, help: error.help)
    }
  }

  /// The ways of what stands at a path, for the artifacts as they are by now.
  private func current(at path: TreePath) -> [Lens] {
    (lenses[path] ?? []).map { lens in changed[lens.delivery.artifact.id].flatMap(lens.replacing) ?? lens }
  }

  /// What the output is to say; nil when both sides changed the same lines, which is reported then.
  mutating func merged(_ output: EditedOutput, _ desired: [UInt8]) -> [UInt8]? {
    if output.base == desired { return output.edited }
    let merge = merge(base: output.base, ours: desired, theirs: output.edited)
    if let settled = merge.settled { return settled }
    if let preference { return merge.bytes(preferring: preference == .ours ? .ours : .theirs) }
    problems += merge.conflicts(in: output)
    return nil
  }

  private mutating func refuse(_ output: EditedOutput, _ refusal: Refusal) { refuse(refusal, at: output.place(ofLine: refusal.line)) }

  mutating func refuse(_ refusal: Refusal, at place: SourcePlace) {
    let message = "this edit cannot go into the tree: " + refusal.message
    problems.append(Diagnostic(.error, "absorb/no-image", message, at: place, help: refusal.help))
  }
}
