import Diagnostics
import JSON

/// SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
extension FindingReport {
  var sarif: JSONValue {
    let known = rules.map(\.id)
    var indices: [String: Int] = [:]
    for (index, id) in known.enumerated() { indices[id] = index }
    let driver = JSONValue.object([
      ("name", .text("aiwg")), ("semanticVersion", .text(Release.version)), ("rules", .list(rules.map(\.descriptor))),
    ])
    let run = JSONValue.object([
      ("tool", .object([("driver", driver)])), ("columnKind", .text("unicodeCodePoints")),
      ("results", .list(items.map { $0.result(indices[$0.ruleID]) })),
    ])
    return .object([
      ("$schema", .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")), ("version", .text("2.1.0")),
      ("runs", .list([run])),
    ])
  }
}

extension FindingReport.Rule {
  fileprivate var descriptor: JSONValue {
    .object([
      ("id", .text(id)), ("shortDescription", .object([("text", .text(summary))])), ("help", .object([("text", .text(help))])),
      ("defaultConfiguration", .object([("level", .text(severity.rawValue))])),
    ])
  }
}

extension FindingReport.Item {
  fileprivate func result(_ ruleIndex: Int?) -> JSONValue {
    var pairs: [(String, JSONValue)] = [("ruleId", .text(ruleID))]
    if let ruleIndex { pairs.append(("ruleIndex", .number(ruleIndex))) }
    let told = ([message] + notes + [help].compactMap(\.self)).joined(separator: "\n")
    pairs += [("level", .text(severity.rawValue)), ("message", .object([("text", .text(told))]))]
    if let location { pairs.append(("locations", .list([location]))) }
    if let exception {
      pairs.append(("suppressions", .list([.object([("kind", .text("inSource")), ("justification", .text(exception))])])))
    }
    return .object(pairs)
  }

  private var location: JSONValue? {
    guard let path else { return nil }
    var physical: [(String, JSONValue)] = [("artifactLocation", .object([("uri", .text(path.percentEncoded))]))]
    if let line {
      var region: [(String, JSONValue)] = [("startLine", .number(line))]
      if let columns { region += [("startColumn", .number(columns.lowerBound)), ("endColumn", .number(columns.upperBound))] }
      if let snippet { region.append(("snippet", .object([("text", .text(snippet))]))) }
      physical.append(("region", .object(region)))
    }
    return .object([("physicalLocation", .object(physical))])
  }
}
