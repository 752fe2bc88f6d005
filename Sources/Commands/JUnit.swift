import Diagnostics

/// JUnit's XML as CI services read it, https://github.com/testmoapp/junitxml.
extension FindingReport {
  /// A suite for each file, and in it a case for each finding, which fails where the command does; one case that passes when there is none.
  var junit: String {
    var files: [String] = []
    var byFile: [String: [Item]] = [:]
    for item in items {
      let file = item.path ?? "aiwg \(command)"
      if byFile[file] == nil { files.append(file) }
      byFile[file, default: []].append(item)
    }
    let failures = items.count(where: isFailure)
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<testsuites name=\"aiwg \(command)\" tests=\"\(max(1, items.count))\" failures=\"\(failures)\">\n"
    for file in files { out += suite(file, byFile[file] ?? []) }
    if files.isEmpty {
      out +=
        "  <testsuite name=\"aiwg \(command)\" tests=\"1\" failures=\"0\">\n    <testcase name=\"no findings\" classname=\"aiwg \(command)\"/>\n  </testsuite>\n"
    }
    return out + "</testsuites>\n"
  }

  private func suite(_ file: String, _ items: [Item]) -> String {
    let failed = items.count(where: isFailure)
    let skipped = items.count { $0.exception != nil }
    let name = file.xmlEscaped
    var out = "  <testsuite name=\"\(name)\" tests=\"\(items.count)\" failures=\"\(failed)\" skipped=\"\(skipped)\">\n"
    for item in items {
      let place = item.line.map { ":\($0)" + (item.columns.map { ":\($0.lowerBound)" } ?? "") } ?? ""
      out += "    <testcase name=\"\((item.ruleID + place).xmlEscaped)\" classname=\"\(name)\">\n"
      if let exception = item.exception {
        out += "      <skipped message=\"\(exception.xmlEscaped)\"/>\n"
      } else {
        let more = ([file + place] + item.notes + [item.help].compactMap(\.self)).joined(separator: "\n")
        out +=
          isFailure(item)
          ? "      <failure type=\"\(item.severity.rawValue)\" message=\"\(item.message.xmlEscaped)\">\(more.xmlEscaped)</failure>\n"
          : "      <system-out>\("\(item.severity.rawValue): \(item.message)\n\(more)".xmlEscaped)</system-out>\n"
      }
      out += "    </testcase>\n"
    }
    return out + "  </testsuite>\n"
  }
}

extension String {
  /// As text or value of XML 1.0; characters that it cannot hold become U+FFFD.
  var xmlEscaped: String {
    var out = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t": out += "&#9;"
      case "\r": out += "&#13;"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
