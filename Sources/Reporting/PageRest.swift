extension Page {
  /// Texts that are in a context more than once.
  func repeats(_ out: inout Markup) {
    section(
      &out, "repeats", "Read twice",
      report.repeats.isEmpty
        ? "No platform loads a text more than once at start."
        : "Texts that a platform has in its context more than once at start, the dearest first. Each costs its tokens in every session."
    ) { out in
      exceptions(
        &out, "times, a platform reads artifacts more than once, or although they exclude it", report.exceptions.filter { $0.id != "layout/missing" })
      guard !report.repeats.isEmpty else { return }
      let columns = [("Text", false), ("Where", false), ("By whom", false), ("Tokens too many", true)]
      table(&out, "repeats-table", counted(report.repeats.count, "text"), columns) { out in
        rows(&out, report.repeats, width: 4) { out, one in
          out.element("th", ["scope": "row"], one.start.isEmpty ? "the whole file" : String(one.start.prefix(60)))
          out.element("td") { out in
            for (index, spot) in one.spots.prefix(3).enumerated() {
              if index > 0 { out.void("br") }
              out.element("code", spot.text)
            }
            if one.spots.count > 3 { out.say(" and \(one.spots.count - 3) more") }
          }
          out.element("td", names(of: one.platforms))
          out.element("td", ["class": "num"], grouped(one.tokens))
        }
      }
    }
  }

  /// What a check would say.
  func drift(_ out: inout Markup) {
    let drift = report.drift
    section(&out, "drift", "What a check says", "`aiwg check` exits with \(drift.exit): \(drift.words).") { out in
      if !drift.conflicts.isEmpty {
        out.element("h3", "In the way")
        notes(&out, "conflicts-table", "Yours, and never overwritten", drift.conflicts)
      }
      guard !drift.changes.isEmpty else { return }
      let columns = [("Output", false), ("Next sync", false), ("Why", false), ("From", false)]
      table(&out, "changes-table", "\(counted(drift.changes.count, "output")) out of line", columns) { out in
        rows(&out, drift.changes, width: 4) { out, change in
          out.element("th", ["scope": "row"]) { $0.element("code", change.path) }
          out.element("td", "\(change.sign) \(change.word)")
          out.element("td", change.reason)
          out.element("td") { out in
            if let first = change.origins.first { out.element("code", first) }
            if change.origins.count > 1 { out.say(" and \(grouped(change.origins.count - 1)) more") }
          }
        }
      }
    }
  }

  /// Where the artifacts come from.
  func sources(_ out: inout Markup) {
    section(&out, "sources", "Sources", "Later ones win over earlier ones, by kind and name.") { out in
      let columns = [("Source", false), ("Kind", false), ("Revision", false), ("Artifacts", true), ("Notes", false)]
      table(&out, "sources-table", counted(report.sources.count, "source"), columns) { out in
        rows(&out, report.sources, width: 5) { out, source in
          out.element("th", ["scope": "row"]) { $0.element("code", source.name) }
          out.element("td", source.kind)
          out.element("td") { if !source.revision.isEmpty { $0.element("code", source.revision) } }
          out.element("td", ["class": "num"], grouped(source.artifacts))
          out.element("td", source.notes.joined(separator: "; "))
        }
      }
    }
  }

  /// What is the user's own, and stays.
  func own(_ out: inout Markup) {
    section(
      &out, "own", "Yours",
      report.own.isEmpty
        ? "No platform here reads a file of yours, and no output shares one."
        : "Files of yours that platforms read, and those that outputs share. aiwg leaves these bytes as they are."
    ) { out in
      guard !report.own.isEmpty else { return }
      table(&out, "own-table", counted(report.own.count, "file"), [("File", false), ("What is yours", false), ("Tokens", true), ("Read by", false)]) {
        out in
        rows(&out, report.own, width: 4) { out, file in
          out.element("th", ["scope": "row"]) { $0.element("code", file.path) }
          out.element("td", file.what)
          out.element("td", ["class": "num"], file.tokens == 0 ? "" : grouped(file.tokens))
          out.element("td", names(of: file.platforms))
        }
      }
    }
  }

  /// What was found about the tree and the project.
  func findings(_ out: inout Markup) {
    section(&out, "findings", "Findings", report.findings.isEmpty ? "None." : "What a deploy warns about, by kind; `aiwg lint` says what to do.") {
      out in
      var kinds: [String: [Report.Note]] = [:]
      for note in report.findings { kinds[note.id, default: []].append(note) }
      for (number, (id, found)) in kinds.sorted(by: { $0.key < $1.key }).enumerated() {
        out.element("details", ["class": "f"]) { out in
          out.element("summary") { out in
            out.element("code", id)
            out.say(" \(counted(found.count, found[0].severity))")
          }
          notes(&out, "findings-\(number)", id, found)
        }
        out.line()
      }
    }
  }

  private func notes(_ out: inout Markup, _ id: String, _ title: String, _ all: [Report.Note]) {
    table(&out, id, title, [("Where", false), ("What", false)]) { out in
      rows(&out, all, width: 2) { out, note in
        out.element("th", ["scope": "row"]) { out in if let spot = note.spot { out.element("code", spot.text) } }
        out.element("td") { $0.tell(note.words) }
      }
    }
  }
}
