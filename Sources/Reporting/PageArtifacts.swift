extension Page {
  /// How each platform gets each artifact: a table of the artifacts that go the same way, and where that is.
  func artifacts(_ out: inout Markup) {
    section(
      &out, "artifacts", "Artifacts by platform",
      "Artifacts that go the same way on every platform share a row. A letter says how a platform gets them, and leads to the output; the cards below have the paths, and each artifact by name."
    ) { out in
      guard !groups.isEmpty else { return out.element("p", "There is no artifact.") }
      matrix(&out)
      exceptions(&out, "times, a platform goes without something: why", report.exceptions.filter { $0.id == "layout/missing" })
      var kind = ""
      for (number, group) in groups.enumerated() {
        if group.kind != kind {
          let count = groups.filter { $0.kind == group.kind }.reduce(0) { $0 + $1.members.count }
          out.element("h3", "\(Self.title(of: group.kind)) (\(grouped(count)))")
        }
        kind = group.kind
        card(&out, number, group)
      }
    }
  }

  private static func title(of kind: String) -> String { kind == "mcp" ? "MCP servers" : kind.prefix(1).uppercased() + kind.dropFirst() }

  private func name(of group: ArtifactGroup) -> String {
    if group.members.count == 1 { return report.artifacts[group.members[0]].id }
    return "\(grouped(group.members.count)) \(group.kind == "mcp" ? "MCP servers" : group.kind)"
  }

  private func matrix(_ out: inout Markup) {
    let isTitled = groups.count * report.platforms.count <= Self.mostTitledCells
    out.element("a", ["class": "skip", "href": "#g0"], "Skip the table")
    out.element("div", ["class": "scroll matrix", "role": "region", "tabindex": "0", "aria-labelledby": "matrix"]) { out in
      out.element("table") { out in
        out.element("caption", ["id": "matrix"], "\(counted(report.artifacts.count, "artifact")) × \(counted(report.platforms.count, "platform"))")
        out.element("thead") { out in
          out.element("tr") { out in
            out.element("th", ["scope": "col"], "Artifacts")
            for (number, platform) in report.platforms.enumerated() {
              out.element("th", ["scope": "col"]) { $0.element("a", ["href": "#p\(number)", "title": platform.name], platform.id) }
            }
          }
        }
        out.element("tbody") { out in
          for (number, group) in groups.enumerated() {
            out.element("tr", ["class": "f"]) { cells(&$0, number, group, isTitled) }
            out.line()
          }
        }
      }
    }
  }

  private func cells(_ out: inout Markup, _ number: Int, _ group: ArtifactGroup, _ isTitled: Bool) {
    out.element("th", ["scope": "row"]) { out in
      out.element("a", ["href": "#g\(number)"], name(of: group))
      guard group.members.count > 1 else { return }
      let some = group.members.prefix(3).map { report.artifacts[$0].name }.joined(separator: ", ")
      out.element("small", group.members.count > 3 ? some + " …" : some)
    }
    for (platform, best) in group.best(of: report.platforms.count).enumerated() {
      out.element("td") { out in
        guard let best else { return }
        let route = group.routes[best]
        let href = "#g\(number)r\(best)"
        guard isTitled else { return out.element("a", ["class": "w \(route.way.rawValue)", "href": href], route.way.letter) }
        let parts = [report.platforms[platform].id + ": " + route.way.adverb, route.path, route.detail].filter { !$0.isEmpty }
        out.element("a", ["class": "w \(route.way.rawValue)", "href": href, "title": parts.joined(separator: " · ")], route.way.letter)
      }
    }
  }

  private func card(_ out: inout Markup, _ number: Int, _ group: ArtifactGroup) {
    out.element("article", ["id": "g\(number)", "class": "card f"]) { out in
      out.element("h4", name(of: group))
      let columns = [("How", false), ("Output", false), ("Loads", false), ("Platforms", false)]
      table(&out, "g\(number)-routes", "Where \(group.members.count == 1 ? "it goes" : "they go")", columns, class: "plain routes") { out in
        for (index, route) in group.routes.enumerated() {
          out.element("tr", ["id": "g\(number)r\(index)"]) { out in
            out.element("th", ["scope": "row"]) { out in
              out.element("span", ["class": "w \(route.way.rawValue)"], route.way.letter)
              out.say(" \(route.way.adverb)")
            }
            out.element("td") { if !route.path.isEmpty { $0.element("code", route.path) } }
            out.element("td") { $0.tell(route.detail) }
            out.element("td", names(of: route.platforms))
          }
          out.line()
        }
      }
      out.element("details") { out in
        out.element("summary", group.members.count == 1 ? "The artifact" : "The \(grouped(group.members.count)) one by one")
        table(&out, "g\(number)-list", "By name", [("Name", false), ("File", false), ("Tokens", true)]) { out in
          rows(&out, group.members, width: 3) { out, member in
            let artifact = report.artifacts[member]
            out.element("th", ["scope": "row"], artifact.name)
            out.element("td") { $0.element("code", artifact.file) }
            out.element("td", ["class": "num"], grouped(artifact.tokens))
          }
        }
      }
    }
    out.line()
  }
}
