extension Page {
  /// What somebody should look at first.
  func attention(_ out: inout Markup) {
    let points = self.points
    section(
      &out, "attention", "What needs a look",
      points.isEmpty ? "Nothing: every platform gets what is meant for it, once, and nothing is out of line." : ""
    ) { out in
      guard !points.isEmpty else { return }
      out.element("ul", ["class": "points"]) { out in
        for (section, words) in points {
          out.element("li") { out in
            out.tell(words)
            out.say(" ")
            out.element("a", ["href": "#" + section], "See " + (Self.titles.first { $0.id == section }?.title ?? section))
          }
        }
      }
    }
  }

  private var points: [(section: String, words: String)] {
    var out: [(String, String)] = []
    if report.drift.exit != 0 { out.append(("drift", "A check fails with \(report.drift.exit): \(report.drift.words).")) }
    if !report.drift.conflicts.isEmpty { out.append(("drift", "\(counted(report.drift.conflicts.count, "thing")) of yours in the way.")) }
    for way in [Report.Way.missing, .unread] {
      var counts = [Int](repeating: 0, count: report.platforms.count)
      for artifact in report.artifacts {
        for (number, route) in artifact.best(of: counts.count).enumerated() where route?.way == way { counts[number] += 1 }
      }
      let worst = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
      guard !worst.isEmpty else { continue }
      let some = worst.prefix(6).map { "`\(report.platforms[$0].id)` \(grouped(counts[$0]))" }.joined(separator: ", ")
      let what =
        way == .missing
        ? "without artifacts that are meant for \(worst.count == 1 ? "it" : "them")"
        : "with artifacts that nobody saw \(worst.count == 1 ? "it" : "them") load"
      out.append(("artifacts", "\(counted(worst.count, "platform")) \(what): \(some)\(worst.count > 6 ? " and \(worst.count - 6) more" : "")."))
    }
    let repeated = report.repeats.reduce(0) { $0 + $1.tokens * $1.platforms.count }
    if !report.repeats.isEmpty {
      out.append(
        ("repeats", "\(counted(report.repeats.count, "text")) loaded twice at start, about \(grouped(repeated)) tokens on all platforms together."))
    }
    let errors = report.findings.count { $0.severity != "note" }
    if errors > 0 { out.append(("findings", "\(counted(errors, "warning")) about the tree and the project.")) }
    let troubled = report.platforms.filter { $0.trouble != nil }
    if let first = troubled.first {
      out.append(("tokens", "What \(counted(troubled.count, "platform")) would read cannot be read: `\(first.trouble ?? "")`."))
    }
    return out
  }

  /// One row for each platform: what it gets in which way, what it loses, what it costs.
  func platforms(_ out: inout Markup) {
    section(
      &out, "platforms", "Platforms",
      "How many artifacts each platform gets in which way, what is lost on the way there, and about how many tokens it loads before anybody has said a word."
    ) { out in
      legend(&out)
      let most = max(1, report.platforms.compactMap(\.startTokens).max() ?? 1)
      let columns = [("Platform", false), ("Artifacts", false), ("Losses", true), ("Outputs", true), ("Tokens at start", true), ("", false)]
      table(&out, "platforms-table", "\(counted(report.platforms.count, "platform")), by name", columns, class: "plain sortable") { out in
        for (number, platform) in report.platforms.enumerated() {
          out.element("tr", ["class": "f", "id": "p\(number)"]) { row(&$0, number, platform, most) }
          out.line()
        }
      }
    }
  }

  private func row(_ out: inout Markup, _ number: Int, _ platform: Report.Platform, _ most: Int) {
    out.element("th", ["scope": "row"]) { out in
      out.element("span", ["class": "name"], platform.name)
      out.element("code", platform.id)
      if !platform.standing.isEmpty { out.element("em", platform.standing) }
    }
    out.element("td") { out in
      out.element("span", ["class": "ways"]) { out in
        for (way, count) in ways(of: number) {
          out.element("span") { out in
            out.element("abbr", ["class": "w \(way.rawValue)", "title": way.adverb], way.letter)
            out.say(" \(grouped(count))")
          }
        }
      }
    }
    out.element("td", ["class": "num"], grouped(platform.losses))
    out.element("td", ["class": "num"], grouped(platform.files))
    out.element("td", ["class": "num"]) { out in
      if let tokens = platform.startTokens {
        out.element("a", ["href": "#t\(number)"], grouped(tokens))
      } else {
        out.element("abbr", ["title": platform.trouble ?? ""], "unknown")
      }
    }
    out.element("td", ["class": "bar"]) { bar(&$0, platform.start, of: most) }
  }

  private func ways(of platform: Int) -> [(way: Report.Way, count: Int)] {
    var counts: [Report.Way: Int] = [:]
    for group in groups {
      guard let best = group.best(of: report.platforms.count)[platform] else { continue }
      counts[group.routes[best].way, default: 0] += group.members.count
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func legend(_ out: inout Markup) {
    let used = Set(report.artifacts.flatMap { $0.routes.map(\.way) })
    out.element("dl", ["class": "legend", "aria-label": "Ways"]) { out in
      for way in Report.Way.allCases where used.contains(way) {
        out.element("div") { out in
          out.element("dt") { out in
            out.element("span", ["class": "w \(way.rawValue)"], way.letter)
            out.say(" \(way.adverb)")
          }
          out.element("dd", way.meaning)
        }
      }
    }
  }

  /// What is loaded at start, as a bar with a piece for each sort; the numbers stand beside it.
  func bar(_ out: inout Markup, _ parts: [Report.Part], of most: Int) {
    out.element("svg", ["viewBox": "0 0 1000 10", "preserveAspectRatio": "none", "aria-hidden": "true"]) { out in
      var start = 0
      for (style, tokens) in Self.sorts(of: parts) where tokens > 0 {
        let width = max(2, tokens * 1000 / most)
        out.element("rect", ["class": style, "x": String(start), "width": String(width), "height": "10"]) { _ in }
        start += width
      }
    }
  }

  /// Tokens by sort: texts of aiwg, lists of names and descriptions, and what is the user's.
  static func sorts(of parts: [Report.Part]) -> [(style: String, tokens: Int)] {
    let sum = { (holds: (Report.Part) -> Bool) in parts.filter(holds).reduce(0) { $0 + $1.tokens } }
    return [
      ("texts", sum { $0.owner == .aiwg && !$0.isListing }), ("lists", sum { $0.owner == .aiwg && $0.isListing }),
      ("yours", sum { $0.owner == .user }),
    ]
  }
}
