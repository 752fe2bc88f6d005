package import Diagnostics
package import FileTree

/// What keeps outputs from lying side by side on every system: a name that is not safe, and two that some system takes for one.
/// - Parameter outputs: in byte order of their paths.
package func findingsAboutPaths(of outputs: [DesiredOutput], shownAs prefix: String, lanes: any Lanes = OneLane()) -> [Diagnostic] {
  let looks = lanes.map(below: outputs.count) { (hazard: outputs[$0].path.hazard, folded: outputs[$0].path.folded) }
  var findings: [Diagnostic] = []
  var files: [FoldedPath: Int] = [:]
  files.reserveCapacity(outputs.count)
  var folders: Set<TreePath> = []
  for (index, output) in outputs.enumerated() {
    if let folder = output.path.parent, folders.insert(folder).inserted { folders.formUnion(folder.ancestors) }
    if let hazard = looks[index].hazard {
      let help = "rename what it comes from, or correct the `path` in platforms.yaml"
      findings.append(
        Diagnostic(.error, "output/unsafe-path", "no output can be at `\(output.path)`: \(hazard.words)", at: output.place(prefix), help: help))
    }
    if let other = files.updateValue(index, forKey: looks[index].folded) { findings.append(collision(output, outputs[other], prefix)) }
  }
  // Hardly ever is a folder also a file.
  guard folders.contains(where: { files[$0.folded] != nil }) else { return findings }
  for output in outputs {
    for folder in output.path.ancestors {
      guard let other = files[folder.folded] else { continue }
      findings.append(collision(output, outputs[other], prefix))
    }
  }
  return findings
}

private func collision(_ output: DesiredOutput, _ other: DesiredOutput, _ prefix: String) -> Diagnostic {
  let isSame = output.path.folded == other.path.folded
  let (mine, theirs) = (output.path.text, other.path.text)
  let message =
    isSame
    ? "`\(mine.escapedForDisplay(besides: theirs))` and `\(theirs.escapedForDisplay(besides: mine))` are one file where case and the composition of letters do not count"
    : "`\(output.path)` needs a folder where `\(other.path)` is a file"
  let notes = other.origins.first.map { ["the other one comes from \($0)"] } ?? []
  return Diagnostic(.error, "output/collision", message, at: output.place(prefix), notes: notes, help: "rename what one of them comes from")
}

extension DesiredOutput {
  /// Where it comes from; its own place when it comes from nowhere.
  fileprivate func place(_ prefix: String) -> SourcePlace { SourcePlace(path: origins.first ?? prefix + path.text) }
}
