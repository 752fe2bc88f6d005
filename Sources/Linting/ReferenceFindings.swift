import ContextModel
import Diagnostics
import FileTree
import Formats
import YAML

/// Links and mentions in bodies that name nothing: no artifact, no file of a skill, no file of the repository.
///
/// What can be an example, or a file that the text has somebody make, is none of them.
///
/// - Parameter unresolved: by artifact: its references that name nothing in the tree.
func danglingReferences(_ unresolved: [[Body.Reference]], _ input: LintInput) -> [LintFinding] {
  var named = NamedFiles(input)
  return zip(input.artifacts, unresolved).flatMap { artifact, references in
    guard !references.isEmpty else { return [LintFinding]() }
    var lines = BodyLines(artifact.body.bytes)
    var found: [LintFinding] = []
    for reference in references where found.count < mostFindingsOfFile {
      guard let claim = ReferenceClaim(reference, in: artifact, named: &named, lines: &lines) else { continue }
      found.append(finding(claim, in: artifact, named: &named, input.references))
    }
    return found
  }
}

/// The references of an artifact that name nothing in the tree.
func unresolvedReferences(of artifact: Artifact, _ input: LintInput) -> [Body.Reference] {
  // What the tree's own look found need not be looked for again, unless another artifact has taken the place of this one.
  let isKnown = input.references.artifact(artifact.id)?.text.path == artifact.text.path
  var found = (isKnown ? input.references.targets(of: artifact) : [])[...]
  return artifact.body.references.filter { reference in
    if let first = found.first, first.reference.range == reference.range {
      found.removeFirst()
      return false
    }
    return input.references.target(of: reference.path, in: artifact) == nil
  }
}

/// A file with more of one kind is wrong as a whole, and nobody reads further.
let mostFindingsOfFile = 100

private func finding(_ claim: ReferenceClaim, in artifact: Artifact, named: inout NamedFiles, _ references: References) -> LintFinding {
  let reference = claim.reference
  let place = artifact.place(inBody: reference.range)
  let message = "`\(reference.path)` names no artifact and no file"
  let found = { (help: String, fix: [ByteEdit]) in
    LintFinding(Diagnostic(.warning, "reference/dangling", message, at: place, help: help), fix: fix)
  }
  // Nobody means the file that they are writing.
  let isOwn = { (guess: NamedFiles.Guess) in !guess.isSure && guess.target == References.Target(artifact: artifact.id) }
  guard let guess = named.guess(for: reference.path, near: artifact), !isOwn(guess) else {
    return found("correct the path, or take it out: who follows it finds nothing", [])
  }
  let path = guess.spelled(in: artifact, as: reference.spelling)
  let help = "did you mean `\(path)`?"
  guard guess.isSure, let target = guess.target, references.target(of: path, in: artifact) == target else { return found(help, []) }
  let start = artifact.text.count - artifact.body.bytes.count
  let sign = reference.spelling == .mention ? 1 : 0
  let range = reference.range.lowerBound + sign + start..<reference.range.upperBound + start
  return found(help, [ByteEdit(range, path.utf8)])
}
