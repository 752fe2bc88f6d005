import YAML

/// What a finding of lint weighs in a project.
package enum LintWeight: String, CaseIterable, Hashable, Sendable {
  case off, warn, error
}

extension YAMLDecoder {
  /// `lint: {area/what: off|warn|error}`.
  mutating func lintWeights(_ node: YAMLNode) -> [String: LintWeight] {
    let help = "write it like\nlint:\n  globs/nothing: off"
    guard !node.isNull else { return [:] }
    guard let pairs = node.pairs else {
      report("wrong-type", "expected ids of findings with their weights here, not \(node.kindInWords)", at: node.range, help: help)
      return [:]
    }
    var weights: [String: LintWeight] = [:]
    for pair in pairs {
      // `off` without quotes is false for some parsers of YAML.
      let word = pair.value.scalar?.text ?? ""
      guard let weight = LintWeight(rawValue: word) else {
        let words = LintWeight.allCases.map(\.rawValue).joined(separator: ", ")
        let found = word.isEmpty ? pair.value.kindInWords : "`\(word)`"
        report("unknown-value", "a finding cannot be \(found)", at: pair.value.range, help: "one of \(words)")
        continue
      }
      weights[pair.keyText] = weight
    }
    return weights
  }
}
