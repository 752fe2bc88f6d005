import Diagnostics

extension FindingReport.Item {
  /// A workflow command, https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
  var annotation: String {
    let property = { (text: String) in text.commandEscaped.replacing(":", with: "%3A").replacing(",", with: "%2C") }
    var place = path.map { ["file=" + property($0)] } ?? []
    if let line { place.append("line=\(line)") }
    if let columns { place += ["col=\(columns.lowerBound)", "endColumn=\(columns.upperBound)"] }
    let told = ([message] + notes + [help.map { "help: " + $0 }].compactMap(\.self)).joined(separator: "\n")
    return
      "::\(severity == .note ? "notice" : severity.rawValue) \((place + ["title=" + property(ruleID)]).joined(separator: ","))::\(told.commandEscaped)\n"
  }
}

extension String {
  fileprivate var commandEscaped: String {
    replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
