import Reporting
import Testing

/// The page of a report, whatever is in it.
@Suite struct PageTests {
  private static let evil = "</title><script>alert('x')</script>\"&\u{0}\u{1B}[31m\u{202E}`<b>`"

  /// A report in which every text is `words`.
  private func report(of words: String) -> Report {
    var report = Report()
    var platform = Report.Platform(id: words, name: words, docs: words, verified: words)
    (platform.standing, platform.surface, platform.trouble, platform.startTokens) = (words, words, words, 12)
    platform.start = [.init(path: words, files: 1, bytes: 40, tokens: 12, owner: .user, isListing: false)]
    report.platforms = [platform, Report.Platform(id: "b", name: "B", docs: "", verified: "")]
    let routes = [
      Report.Route(way: .native, path: words, detail: words, platforms: [0]), Report.Route(way: .missing, detail: words, platforms: [1]),
    ]
    report.artifacts = [.init(kind: "rules", name: words, file: words, tokens: 3, routes: routes)]
    report.losses = [.init(field: words, fate: words, reason: words, platforms: [0, 1], spots: [.init(path: words, line: 3)])]
    report.repeats = [.init(start: words, tokens: 9, spots: [.init(path: words, line: 1), .init(path: words, line: 0)], platforms: [1])]
    report.exceptions = [
      .init(id: "layout/missing", severity: "warning", words: words), .init(id: "layout/repeated", severity: "warning", words: words),
    ]
    report.drift.exit = 1
    report.drift.words = words
    report.drift.changes = [.init(sign: "~", word: words, path: words, reason: words, origins: [words, words])]
    report.drift.conflicts = [.init(id: words, severity: "error", words: words, spot: .init(path: words, line: 1))]
    report.sources = [.init(kind: words, name: words, revision: words, notes: [words])]
    report.own = [.init(path: words, what: words, tokens: 2, platforms: [0])]
    report.findings = [.init(id: words, severity: "warning", words: words, spot: .init(path: words, line: 2))]
    report.madeBy = (words, words)
    return report
  }

  @Test func everyTextIsEscaped() {
    let page = report(of: Self.evil).page
    let check = MarkupCheck(page)
    #expect(check.problems == [])
    #expect(check.counts["script"] == 1)
    #expect(check.counts["b"] == nil)
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)"))
    for scalar in ["\u{0}", "\u{1B}", "\u{202E}"] { #expect(!page.unicodeScalars.contains(Unicode.Scalar(scalar) ?? " ")) }
  }

  @Test func theCheckFindsWhatItIsFor() {
    let head = "<!doctype html>"
    for wrong in [
      "<p>", "<p></i>", "<i id=\"a\"></i><i id=\"a\"></i>", "<a href=\"#x\">x</a>", "a & b", "a > b", "<p onclick=\"x\"></p>", "<p title=\"<\"></p>",
    ] {
      #expect(!MarkupCheck(head + wrong).problems.isEmpty, "\(wrong)")
    }
    #expect(MarkupCheck(head + "<p id=\"x\" hidden>a &amp; b<br></p><a href=\"#x\">c</a>").problems == [])
  }

  @Test func nothingIsAWholePageToo() {
    let page = Report().page
    let check = MarkupCheck(page)
    #expect(check.problems == [])
    #expect(check.values["lang"] == ["en"])
    #expect(check.counts["h1"] == 1)
    #expect(check.counts["main"] == 1)
    #expect(page.contains("There is no artifact."))
  }

  @Test func nothingIsAskedFor() throws {
    let check = MarkupCheck(report(of: "https://example.com/x").page)
    #expect(check.problems == [])
    #expect((check.values["href"] ?? []).allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
    let policy = try #require(check.values["content"]?.first { $0.hasPrefix("default-src") })
    #expect(policy.hasPrefix("default-src &#39;none&#39;;"))
    #expect(!policy.contains("unsafe"))
    let page = report(of: "x").page
    #expect(!page.contains("url(") && !page.contains("@import"))
  }

  @Test func tablesHaveHeadersThatSayWhatTheyAreFor() {
    let check = MarkupCheck(report(of: "x").page)
    #expect(check.counts["table"] == check.counts["caption"])
    #expect(check.counts["th"] == check.values["scope"]?.count)
    #expect(Set(check.values["scope"] ?? []) == ["col", "row"])
  }

  /// Four hundred and ten artifacts on fifty platforms, none of which goes the way of another one.
  @Test func aLargeTreeIsWholeAndBounded() {
    var report = Report()
    report.platforms = (0..<50).map { Report.Platform(id: "platform-\($0)", name: "Platform \($0)", docs: "", verified: "") }
    report.artifacts = (0..<410).map { number in
      let routes = (0..<50).map { Report.Route(way: .native, path: ".made-\($0)/rules/\(number)-of-its-own.md", detail: "at start", platforms: [$0]) }
      return .init(kind: "rules", name: "artifact-\(number)", file: "rules/artifact-\(number).md", tokens: 9, routes: routes)
    }
    report.losses = (0..<2_000).map { number in
      .init(
        field: "field-\(number % 70)", fate: "lost", reason: "why \(number)", platforms: [number % 50],
        spots: [.init(path: "rules/\(number).md", line: 2)])
    }
    let page = report.page
    #expect(MarkupCheck(page).problems == [])
    #expect(page.contains("rules/artifact-409.md"))
    #expect(page.utf8.count < 12_000_000, "\(page.utf8.count)")
  }

  @Test func aPageIsKnownByItsBeginning() {
    let page = Array(Report().page.utf8)
    #expect(Report.isPage(page))
    #expect(Report.isPage(Array(Report().page.replacing("\n", with: "\r\n").utf8)))
    #expect(!Report.isPage([]))
    #expect(!Report.isPage(Array(page.prefix(60))))
    #expect(!Report.isPage(Array("<!doctype html>\n<html lang=\"en\">\n<head>\n<title>Mine</title>".utf8)))
  }
}
