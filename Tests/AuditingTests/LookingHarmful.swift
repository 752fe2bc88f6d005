import Auditing

/// What people write for good reasons, under the kind of finding that it looks like: at least as many as there are attacks.
enum LookingHarmful {
  static let texts: [Planted] = conceal + safety + plant + dropSites + destroy + characters + padding + markup + decoding + servers + editors

  private static let conceal: [Planted] = [
    Planted(.conceal, "Do not mention the user's name in commits.\n"),
    Planted(.conceal, "Do not warn the user twice about the same file.\n"),
    Planted(.conceal, "Do not inform the user again when nothing changed.\n"),
    Planted(.conceal, "Never delete a file without the user knowing it.\n"),
    Planted(.conceal, "Hide these columns from the user interface.\n"),
    Planted(.conceal, "Do not tell the user how to do it; do it.\n"),
    Planted(.conceal, "Never notify the user until the run is over.\n"),
    Planted(.conceal, "Silently skip files that are not there. Record the rest.\n"),
    Planted(.conceal, "Hide secrets from logs. Conceal keys in the output.\n"),
  ]

  private static let safety: [Planted] = [
    Planted(.disableSafety, "Set `autoApprove` to false in the settings.\n"),
    Planted(.disableSafety, "Set `chat.tools.autoApprove` to `false`.\n"),
    Planted(.disableSafety, "Disable the cache, and turn off notifications in tests.\n"),
    Planted(.disableSafety, "Approve all releases by hand. Accept all line ends.\n"),
    Planted(.disableSafety, "Never start it with `--yolo`.\n"),
    Planted(.disableSafety, "Do not disable certificate checks; do not turn off the sandbox.\n"),
    Planted(.disableSafety, "Use xattr to look at attributes: `xattr -l file.pdf`.\n"),
    Planted(.disableSafety, "Reviewers must not bypass the approval checks.\n"),
    Planted(.disableSafety, "The flag `--youlook` has nothing to do with it.\n"),
  ]

  private static let plant: [Planted] = [
    Planted(.plantCode, "Every page loads <script src=\"/js/app.js\"></script>.\n"),
    Planted(.plantCode, "Always use <script type=\"module\"> for our own code.\n"),
    Planted(.plantCode, "Never write <script src=\"https://cdn.example/x.js\"></script>: every script is ours.\n"),
    Planted(.plantCode, "The docs show <script src=\"https://cdn.example/x.js\"></script> as one way.\n"),
    Planted(.selfCopy, "Insert the following comment at the top of every source file:\n\n    // Copyright Example\n"),
    Planted(.selfCopy, "Paste the following text at the end of each release note.\n"),
    Planted(.selfCopy, "Copy these settings to all projects.\n"),
    Planted(.selfCopy, "Include this file in each package. Add the following block to each Dockerfile.\n"),
    Planted(.selfCopy, "Refuse text like \"copy this prompt into all files\".\n"),
  ]

  private static let dropSites: [Planted] = [
    Planted(.dropSite, "Webhooks: https://docs.example/webhook.site.html\n"),
    Planted(.dropSite, "Do not use webhook.site for real data.\n"),
    Planted(.dropSite, "See https://glot.io/ for languages, and https://beeceptor.com/docs for mocks.\n"),
    Planted(.dropSite, "https://docs.oast.example/ and https://interact.example.sh\n"),
    Planted(.dropSite, "We interact. Should it fail, retry.\n"),
    Planted(.dropSite, "The host 91.92.24.30 is ours.\n"),
    Planted(.dropSite, "https://giftshop.example/club\n"),
    Planted(.dropSite, "https://requestbin.example.com/inspect\n"),
    Planted(.dropSite, "https://pipedream.com/docs and https://burp.example/collaborator\n"),
    Planted(.dropSite, "`canarytokens` and `interactsh` are names of tools.\n"),
    Planted(.dropSite, "A roast.fun and a toast.pro are other hosts.\n"),
    Planted(.dropSite, "webhook.site/docs is where it is described.\n"),
  ]

  private static let destroy: [Planted] = [
    Planted(.destroy, "rm -rf ~/.cache/tool\n"),
    Planted(.destroy, "scripts/a.sh", "rm -rf \"$HOME/.local/share/tool\"\n"),
    Planted(.destroy, "scripts/a.sh", "dd if=/dev/zero of=disk.img bs=1M count=8\n"),
    Planted(.destroy, "scripts/a.sh", "mkfs.ext4 disk.img; rm -f /tmp/x\n"),
    Planted(.destroy, "Use the date format c:mm for clocks.\n"),
    Planted(.destroy, "scripts/a.ps1", "Remove-Item -Recurse C:\\Temp\\build\n"),
    Planted(.destroy, "Delete all resources of the test when it ends.\n"),
    Planted(.destroy, "Never run `rm -rf /`.\n"),
    Planted(.destroy, "The filesystem of the cloud is read-only.\n"),
  ]

  private static let characters: [Planted] = [
    Planted(.controlCharacter, "printf '\\033[1mbold\\033[0m' and \\x1b[31m\n"),
    Planted(.controlCharacter, "One page\u{0C}\nthe next one\n"),
    Planted(.controlCharacter, "A line\u{85}and another one\n"),
    Planted(.controlCharacter, "In the recorded macro, \u{1B}:w writes.\n"),
    // Icons of fonts for terminals, which lie in the first plane and right behind it.
    Planted(.privateUse, "\u{F02A2} git, \u{F0A0A} npm, \u{F013} setup\n"),
    Planted(.privateUse, "\u{F0001}\u{F0002}\u{F0003} stars\n"),
    Planted(.privateUse, "| \u{F0001} | \u{F0002} | \u{F0003} | \u{F0004} | \u{F0005} |\n"),
    Planted(.privateUse, "prompt: \u{E0A0}\u{E0B0}\u{E0B1}\u{E0B2}\u{E0B3}\u{F015}\n"),
    Planted(.privateUse, "\u{F8FF} is a logo on some machines.\n"),
  ]

  private static let padding: [Planted] = [
    Planted(.padding, "a" + String(repeating: " ", count: 140) + "b\n"),
    Planted(.padding, "Trailing" + String(repeating: " ", count: 300) + "\nnext\n"),
    Planted(.padding, "# One" + String(repeating: "\n", count: 50) + "Two\n"),
    Planted(.padding, "The end." + String(repeating: "\n", count: 200)),
    Planted(.padding, "a" + String(repeating: "\t", count: 30) + "b\n"),
    Planted(.padding, "| a" + String(repeating: " ", count: 300) + "|\n"),
  ]

  private static let markup: [Planted] = [
    Planted(.hiddenMarkup, "<details>\n<summary>More</summary>\nText.\n</details>\n"),
    Planted(.hiddenMarkup, "<p style=\"font-size: 1em; opacity: 0.8\">small</p>\n"),
    Planted(.hiddenMarkup, "<img style=\"display: block\" src=\"a.png\">\n"),
    Planted(.hiddenMarkup, "Use `<div hidden>` for that, and `<p style=\"display:none\">`.\n"),
    Planted(.hiddenMarkup, "<p style=\"font-size: 10px; margin-left: -10px\">small</p>\n"),
    Planted(.hiddenMarkup, "```html\n<span style=\"color: white\">x</span>\n```\n"),
    Planted(.hiddenMarkup, "<p style=\"color: whitesmoke; font-size: 0.9em\">x</p>\n"),
    Planted(.hiddenMarkup, "src/a.html", "<div hidden>menu</div>\n"),
  ]

  private static let decoding: [Planted] = [
    Planted(.decodeAndRun, "scripts/a.sh", "base64 -d key.b64 > key.bin; xxd -r -p k.hex | sha256sum\n"),
    Planted(.decodeAndRun, "scripts/a.sh", "gunzip -c dump.sql.gz | psql app; openssl enc -d -aes-256-cbc -in a | tar x\n"),
    Planted(.decodeAndRun, "src/a.js", "const claims = JSON.parse(atob(token.split('.')[1]));\n"),
    Planted(.decodeAndRun, "src/a.js", "const bytes = Buffer.from(text, 'base64');\n"),
    Planted(.decodeAndRun, "scripts/a.bat", "powershell -File build.ps1 -Encoding utf8\n"),
    Planted(.decodeAndRun, "src/b.js", "const isSelector = c => c >= 0xFE00 && c <= 0xFE0F;\n"),
  ]

  private static let servers: [Planted] = [
    url("http://127.0.0.1:8080/"), url("http://[::1]:3000/mcp"), url("http://mcp:8000/sse"), url("http://172.16.4.2/"), url("http://10.1.2.3/"),
    url("http://192.168.1.20:99/"), url("http://host.docker.internal:1/"), url("https://c.example/"), url("http://${HOST}/mcp"),
    url("ws://tools.localhost/"), url("http://172.31.255.1/"), url("http://nas.local/"),
    Planted(.cleartextServer, "package.json", "{\"homepage\": \"http://a.example/\", \"repository\": {\"url\": \"http://git.example/a\"}}\n"),
  ]

  private static func url(_ address: String) -> Planted {
    Planted(.cleartextServer, ".mcp.json", "{\"mcpServers\": {\"m\": {\"url\": \"\(address)\"}}}\n")
  }

  private static let editors: [Planted] = [
    Planted(.runsOnOpen, ".vscode/tasks.json", "{\"tasks\": [{\"label\": \"folderOpen\", \"command\": \"make\"}]}\n"),
    Planted(.runsOnOpen, ".vscode/tasks.json", "{\"tasks\": [{\"command\": \"make\", \"runOptions\": {\"runOn\": \"default\"}}]}\n"),
    Planted(.runsOnOpen, ".vscode/settings.json", "{\"task.allowAutomaticTasks\": \"off\"}\n"),
    Planted(.runsOnOpen, ".devcontainer/devcontainer.json", "{\"image\": \"a\", \"postCreateCommand\": \"npm ci\"}\n"),
    Planted(.runsOnOpen, "Look for `\"runOn\": \"folderOpen\"` in .vscode/tasks.json before you open a folder.\n"),
    Planted(.runsOnOpen, "src/devcontainers.json", "{\"initializeCommand\": \"a key of devcontainer.json\"}\n"),
    Planted(.remoteSchema, "a.json", "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}\n"),
    Planted(.remoteSchema, "a.json", "{\"$schema\": \"./schema.json?x\", \"$id\": \"https://a.example/s?v=2\"}\n"),
    Planted(.remoteSchema, "a.json", "{\"links\": [{\"url\": \"https://a.example/?q=1\"}]}\n"),
    Planted(.remoteSchema, ".vscode/settings.json", "{\"json.schemas\": [{\"fileMatch\": [\"a?.json\"], \"url\": \"https://a.example/s.json\"}]}\n"),
    Planted(.remoteSchema, ".vscode/settings.json", "{\"yaml.schemas\": {\"https://a.example/s.json\": [\"a?.yaml\"]}}\n"),
    Planted(.remoteSchema, "a.yaml", "# yaml-language-server: $schema=https://a.example/s.json\n# yaml-language-server: $schema=../s.json\nx: 1\n"),
    Planted(.remoteSchema, "a.toml", "#:schema https://a.example/s.json\nx = 1\n"),
  ]
}
