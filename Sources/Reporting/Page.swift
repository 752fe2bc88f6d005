import Crypto

extension Report {
  /// What every page begins with, and no other file.
  private static let mark = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta name=\"generator\" content=\"aiwg\">\n"

  /// Whether a file is a page that was made here, be it by another release; its line ends may be those of Windows.
  package static func isPage(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(mark.utf8.count + 4).filter { $0 != 0x0D }
    return start.starts(with: mark.utf8)
  }

  /// One page of HTML with all of it, which needs nothing else and asks for nothing.
  ///
  /// Lists that would be long are cut, and say by how much: the most lines of each is `Page.mostRows`.
  package var page: String { Page(self).text }
}

/// The page of a report.
struct Page {
  /// Longer lists are cut.
  static let mostRows = 400
  /// Larger tables have no words to each cell.
  static let mostTitledCells = 12_000

  /// The sections, by id.
  static let titles: [(id: String, title: String)] = [
    ("platforms", "Platforms"), ("artifacts", "Artifacts"), ("losses", "Losses"), ("tokens", "Tokens"), ("repeats", "Read twice"), ("drift", "Check"),
    ("sources", "Sources"), ("own", "Yours"), ("findings", "Findings"),
  ]

  let report: Report
  let groups: [ArtifactGroup]

  init(_ report: Report) {
    self.report = report
    groups = ArtifactGroup.all(of: report)
  }

  /// Nothing outside is ever asked for, and nothing runs but what the page itself brings.
  private var policy: String {
    "default-src 'none'; img-src data:; style-src 'sha256-\(digest(of: Self.style))'; script-src 'sha256-\(digest(of: Self.script))'; "
      + "base-uri 'none'; form-action 'none'"
  }

  var text: String {
    var out = Markup()
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n")
    out.void("meta", ["name": "generator", "content": "aiwg"])
    out.line()
    out.void("meta", ["charset": "utf-8"])
    out.void("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
    out.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    out.void("meta", ["name": "color-scheme", "content": "light dark"])
    out.void("meta", ["name": "referrer", "content": "no-referrer"])
    out.void("link", ["rel": "icon", "href": "data:,"])
    out.element("title", "AI context on \(counted(report.platforms.count, "platform"))")
    out.element("style") { $0.raw(Self.style) }
    out.raw("\n</head>\n<body>\n")
    out.element("a", ["class": "skip", "href": "#main"], "Skip to the report")
    header(&out)
    out.element("main", ["id": "main"]) { out in
      attention(&out)
      platforms(&out)
      artifacts(&out)
      losses(&out)
      tokens(&out)
      repeats(&out)
      drift(&out)
      sources(&out)
      own(&out)
      findings(&out)
    }
    footer(&out)
    out.element("script") { $0.raw(Self.script) }
    out.raw("\n</body>\n</html>\n")
    return out.text
  }

  // MARK: Top and bottom

  private func header(_ out: inout Markup) {
    out.element("header", ["class": "top"]) { out in
      out.element("h1", "AI context, platform by platform")
      let isFine = report.drift.exit == 0
      out.element("p", ["class": "state \(isFine ? "good" : "bad")"]) { out in
        out.element("strong", isFine ? "✓ In line" : report.drift.exit == 3 ? "! In the way" : "! Out of line")
        out.say(" ")
        out.element("span") { $0.tell(report.drift.words) }
      }
      tiles(&out)
    }
    out.line()
    out.element("nav", ["aria-label": "Sections"]) { out in
      out.element("ul") { out in
        for (id, title) in Self.titles { out.element("li") { $0.element("a", ["href": "#" + id], title) } }
      }
      // Only a script can do anything with it, and shows it.
      out.element("label", ["id": "filter", "hidden": ""]) { out in
        out.say("Filter ")
        out.void("input", ["type": "search", "placeholder": "name, path or field", "autocomplete": "off", "spellcheck": "false"])
      }
    }
    out.line()
  }

  private func tiles(_ out: inout Markup) {
    let lost = report.losses.reduce(0) { $0 + $1.count }
    let fields = Set(report.losses.map(\.field)).count
    let known = report.platforms.compactMap(\.startTokens)
    let range = (known.min() ?? 0, known.max() ?? 0)
    out.element("ul", ["class": "tiles"]) { out in
      tile(&out, "platforms", grouped(report.platforms.count), plural(report.platforms.count, "platform"))
      tile(&out, "artifacts", grouped(report.artifacts.count), plural(report.artifacts.count, "artifact"))
      tile(&out, "drift", grouped(report.drift.outputs), plural(report.drift.outputs, "output"))
      tile(&out, "losses", grouped(lost), plural(lost, "loss") + (lost == 0 ? "" : " in \(counted(fields, "field"))"))
      tile(
        &out, "tokens", range.0 == range.1 ? grouped(range.0) : "\(grouped(range.0)) – \(grouped(range.1))",
        "tokens at start, as the platform goes")
      tile(&out, "repeats", grouped(report.repeats.count), plural(report.repeats.count, "text") + " read twice")
    }
  }

  private func tile(_ out: inout Markup, _ section: String, _ number: String, _ words: String) {
    out.element("li") { out in
      out.element("a", ["href": "#" + section]) { out in
        out.element("strong", number)
        out.say(" ")
        out.element("span", words)
      }
    }
  }

  private func footer(_ out: inout Markup) {
    out.element("footer") { out in
      let data = report.madeBy.data.isEmpty ? "" : " with platform data \(report.madeBy.data)"
      out.element("p", "Written by aiwg \(report.madeBy.version)\(data). The same tree gives the same page, byte by byte: it has no date.")
    }
    out.line()
  }

  // MARK: What all sections share

  /// A section with a heading of the second level.
  func section(_ out: inout Markup, _ id: String, _ title: String, _ lead: String, _ content: (inout Markup) -> Void) {
    out.element("section", ["id": id, "aria-labelledby": id + "-title"]) { out in
      out.element("h2", ["id": id + "-title"], title)
      if !lead.isEmpty { out.element("p", ["class": "lead"]) { $0.tell(lead) } }
      content(&out)
    }
    out.line()
  }

  /// A table that scrolls by itself where it is too wide.
  func table(
    _ out: inout Markup, _ id: String, _ title: String, _ columns: [(title: String, isNumber: Bool)], class style: String = "",
    _ rows: (inout Markup) -> Void
  ) {
    out.element("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": id]) { out in
      out.element("table", ["class": style.isEmpty ? "plain" : style]) { out in
        out.element("caption", ["id": id], title)
        out.element("thead") { out in
          out.element("tr") { out in
            for column in columns {
              if column.isNumber {
                out.element("th", ["scope": "col", "class": "num"], column.title)
              } else {
                out.element("th", ["scope": "col"], column.title)
              }
            }
          }
        }
        out.element("tbody") { rows(&$0) }
      }
    }
  }

  /// Sentences about single platforms, folded away when they are many.
  func exceptions(_ out: inout Markup, _ title: String, _ notes: [Report.Note]) {
    guard !notes.isEmpty else { return }
    let list = { (out: inout Markup) in
      for note in notes { out.element("p", ["class": "exception f"]) { $0.tell("\(note.words).") } }
    }
    guard notes.count > 4 else { return list(&out) }
    out.element("details") { out in
      out.element("summary", "\(grouped(notes.count)) \(title)")
      list(&out)
    }
  }

  /// The ids of platforms, as a list in a line.
  func names(of platforms: [Int]) -> String {
    platforms.count == report.platforms.count && platforms.count > 2
      ? "all \(platforms.count)" : platforms.map { report.platforms[$0].id }.joined(separator: ", ")
  }

  /// Rows up to the most that are shown, and a word about the others.
  func rows<Row>(_ out: inout Markup, _ all: [Row], width: Int, most: Int = mostRows, _ row: (inout Markup, Row) -> Void) {
    for one in all.prefix(most) {
      out.element("tr", ["class": "f"]) { row(&$0, one) }
      out.line()
    }
    guard all.count > most else { return }
    out.element("tr") { out in
      out.element("td", ["colspan": String(width)]) { $0.tell("and \(grouped(all.count - most)) more: `aiwg report --format json` has all of them") }
    }
  }

  private func digest(of text: String) -> String { base64(SHA256.hash(data: Array(text.utf8))) }
}

/// As RFC 4648 has it.
func base64(_ bytes: some Sequence<UInt8>) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  let all = Array(bytes)
  var out = ""
  for start in stride(from: 0, to: all.count, by: 3) {
    let piece = all[start..<min(start + 3, all.count)]
    let word = piece.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
    for index in 0...piece.count { out.append(letters[word >> (18 - 6 * index) & 63]) }
    out += String(repeating: "=", count: 3 - piece.count)
  }
  return out
}

/// Such as `1 file` or `2 losses`.
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(plural(count, noun))" }

/// The noun as that many of them have it.
func plural(_ count: Int, _ noun: String) -> String { count == 1 ? noun : noun + (noun.hasSuffix("s") ? "es" : "s") }

/// With a comma between thousands.
func grouped(_ number: Int) -> String {
  var out = ""
  let digits = String(number)
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { out += "," }
    out.append(digit)
  }
  return out
}
