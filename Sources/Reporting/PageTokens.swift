extension Page {
  /// What each platform loads at start, and what that is made of.
  func tokens(_ out: inout Markup) {
    section(
      &out, "tokens", "Tokens at start",
      "What is in the context before anybody has said a word: files in full, and of what loads on demand the names and descriptions. One token for every 3.8 bytes, which is within a fifth for nine of ten English files."
    ) { out in
      let all = report.platforms.flatMap(\.start)
      guard !all.isEmpty else { return out.element("p", "No platform loads anything at start.") }
      out.element("dl", ["class": "legend", "aria-label": "Sorts"]) { out in
        for (style, title, meaning) in [
          ("texts", "texts", "files that aiwg writes, in full"), ("lists", "lists", "names and descriptions of what loads when it is needed"),
          ("yours", "yours", "files of your own, and your part of files that you share with aiwg"),
        ] {
          out.element("div") { out in
            out.element("dt") { out in
              out.element("svg", ["class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"]) {
                $0.element("rect", ["class": style, "width": "10", "height": "10"]) { _ in }
              }
              out.say(" \(title)")
            }
            out.element("dd", meaning)
          }
        }
      }
      let most = max(1, report.platforms.compactMap(\.startTokens).max() ?? 1)
      let order = report.platforms.indices.sorted {
        (report.platforms[$1].startTokens ?? -1, $0) < (report.platforms[$0].startTokens ?? -1, $1)
      }
      for number in order { platform(&out, number, most) }
    }
  }

  private func platform(_ out: inout Markup, _ number: Int, _ most: Int) {
    let platform = report.platforms[number]
    out.element("details", ["id": "t\(number)", "class": "f load"]) { out in
      out.element("summary") { out in
        out.element("span", ["class": "who"], platform.id)
        out.element("span", ["class": "num"], platform.startTokens.map { "\(grouped($0)) tokens" } ?? "unknown")
        bar(&out, platform.start, of: most)
      }
      if let trouble = platform.trouble { out.element("p", "Something that it reads cannot be read: \(trouble)") }
      if !platform.surface.isEmpty { out.element("p", "It is several products; this is \(platform.surface), which loads most.") }
      out.element("p") { out in
        out.say("Compared \(platform.verified) with ")
        // A link would be a request once somebody follows it, and that is their choice.
        out.element("code", platform.docs)
      }
      guard !platform.start.isEmpty else { return }
      table(&out, "t\(number)-parts", "What \(platform.id) loads at start", [("Where", false), ("What", false), ("Files", true), ("Tokens", true)]) {
        out in
        rows(&out, platform.start, width: 4) { out, part in
          out.element("th", ["scope": "row"]) { $0.element("code", part.path) }
          out.element("td", part.owner == .user ? "yours" : part.isListing ? "names and descriptions" : "texts")
          out.element("td", ["class": "num"], grouped(part.files))
          out.element("td", ["class": "num"], grouped(part.tokens))
        }
      }
    }
    out.line()
  }
}
