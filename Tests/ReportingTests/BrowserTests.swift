import Foundation
import TestSupport
import Testing

/// The page in a real browser, where there is one.
@Suite struct BrowserTests {
  private static let browser = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
  }.first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test func theBrowserHasNothingToComplainAbout() throws {
    guard let browser = Self.browser else {
      print("skipped: no chromium is installed")
      return
    }
    let folder = try TemporaryFolder()
    let files = [
      "aiwg.yaml": "platforms: [claude-code, codex, cursor, amazon-q]\nsources:\n  - path: .aiwg\n",
      ".aiwg/rules/script.md": "---\ndescription: \"<script>document.title = 'gone'</script>\"\nmodel: x\n---\nWords.\n",
      ".aiwg/skills/kit/SKILL.md": "---\ndescription: A kit.\n---\nUse it.\n",
    ]
    for (path, text) in files {
      let file = folder.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try Program.aiwg(["report", "--html", "page.html"], in: folder.url).status == 0)
    let page = folder.url.appendingPathComponent("page.html")
    let options =
      "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking --disable-component-update "
      + "--disable-sync --host-resolver-rules='MAP * ~NOTFOUND' --enable-logging=stderr --v=0 --user-data-dir=profile --dump-dom"
    func dom(of page: URL) throws -> Program.Result {
      try Program.shell("timeout 90 '\(browser)' \(options) '\(page.absoluteString)'", in: folder.url, environment: ["HOME": folder.url.path])
    }
    let shown = try dom(of: page)
    #expect(shown.status == 0, "\(shown.errors.suffix(2_000))")
    let complaints = shown.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
    #expect(complaints.isEmpty, "\(complaints)")
    // The script shows the filter; the one in the description is a text.
    #expect(shown.output.contains("<label id=\"filter\">"))
    #expect(shown.output.contains("<title>AI context on 4 platforms</title>"))
    // What the page does not bring itself would be heard of.
    let other = folder.url.appendingPathComponent("other.html")
    let text = try String(contentsOf: page, encoding: .utf8).replacingOccurrences(of: "</body>", with: "<script>document.title = 1</script></body>")
    try Data(text.utf8).write(to: other)
    #expect(try dom(of: other).errors.contains("CONSOLE"))
  }
}
