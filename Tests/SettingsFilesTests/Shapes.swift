import ContextModel
import Diagnostics
import FileTree
import JSON
import TestSupport

/// What real settings files say, by what they are for, whatever they are written in.
enum Shapes {
  /// In the syntaxes that such files have.
  static let json = [
    #"{}"#,
    #"{"permissions":{"allow":["Bash(npm run lint)","Bash(npm run test:*)","Read(~/.zshrc)"],"deny":["Bash(curl:*)"],"defaultMode":"acceptEdits"},"env":{"CLAUDE_CODE_ENABLE_TELEMETRY":"1","FOO":""},"model":"opus","cleanupPeriodDays":20,"includeCoAuthoredBy":false}"#,
    #"{"$schema":"https://json.schemastore.org/claude-code-settings.json","hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"jq -r '\"\\(.tool_input.command)\"' >> ~/log","timeout":10}]}],"Stop":[]},"enableAllProjectMcpServers":true,"statusLine":{"type":"command","command":"~/.claude/statusline.sh"}}"#,
    #"{"mcpServers":{"filesystem":{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem","/tmp/x"]},"github":{"type":"http","url":"https://api.example.com/mcp/","headers":{"Authorization":"Bearer ${TOKEN}"}}}}"#,
    #"{"mcpServers":{}}"#,
    #"{"inputs":[{"type":"promptString","id":"key","description":"API key","password":true}],"servers":{"perplexity":{"type":"stdio","command":"npx","args":["-y","server-perplexity-ask"],"env":{"KEY":"${input:key}"}}}}"#,
    #"{"$schema":"https://opencode.ai/config.json","theme":"tokyonight","mcp":{"docs":{"type":"local","command":["bun","x","docs"],"enabled":true,"environment":{"A":"b"}}},"permission":{"edit":"ask","bash":{"git push":"deny","*":"allow"}},"instructions":["CONTRIBUTING.md","docs/*.md"]}"#,
    #"{"theme":"GitHub","selectedAuthType":"oauth-personal","mcpServers":{"x":{"httpUrl":"http://localhost:1/mcp","timeout":5000,"trust":false}},"context":{"fileName":["AGENTS.md","GEMINI.md"]},"usageStatisticsEnabled":null}"#,
    #"{"ui_font_size":16,"buffer_font_size":15.5,"theme":{"mode":"system","light":"One Light","dark":"One Dark"},"vim_mode":true,"context_servers":{"some":{"source":"custom","command":"x","args":[],"env":{}}},"languages":{"Swift":{"tab_size":2,"formatter":{"external":{"command":"swift","arguments":["format"]}}}},"file_scan_exclusions":["**/.git","**/.build"]}"#,
    #"{"editor.fontSize":14,"editor.rulers":[80,120],"files.exclude":{"**/.git":true,"**/node_modules":true},"[json]":{"editor.defaultFormatter":"vscode.json"},"chat.mcp.enabled":true,"search.exclude":{}}"#,
    #"{"version":1,"hooks":{"beforeShellExecution":[{"command":"./audit.sh"}],"stop":[{"command":"./done.sh"}]}}"#,
    #"{"sandbox":{"network":{"allowedDomains":["github.com","*.npmjs.org"]},"filesystem":{"denyRead":[]}},"a":{"b":{"c":{"d":{"e":[[],[1,2],[{"x":null}]]}}}},"unicode é":"😀 \"quoted\" \\ tab\t","n":-1.50e+10}"#,
  ]

  /// A settings file of a coding agent with servers, projects and profiles.
  static let toml = [
    #"{"model":"gpt-5","model_reasoning_effort":"high","approval_policy":"on-request","sandbox_mode":"workspace-write","mcp_servers":{"docs":{"command":"npx","args":["-y","docs-mcp"],"env":{"KEY":"x"}},"remote":{"url":"https://x.example/mcp","bearer_token_env_var":"TOKEN"}},"projects":{"/srv/me/x":{"trust_level":"trusted"}},"tui":{"notifications":true}}"#,
    #"{"model":"o3","notify":["python3","/tmp/notify.py"],"profiles":{"fast":{"model":"mini","tools":{"web_search":true}},"slow":{"model":"big"}},"history":{"persistence":"none","max_bytes":1048576},"shell_environment_policy":{"inherit":"core","exclude":["AWS_*","AZURE_*"],"set":{"CI":"1"}}}"#,
    #"{"mcp_servers":{"only":{"command":"x"}}}"#,
    #"{"a":1,"b":"text","c":[1,2.5,true],"d":{},"e":[]}"#,
    #"{}"#,
  ]

  /// Settings of agents that keep them in YAML.
  static let yaml = [
    #"{"extensions":{"developer":{"bundled":true,"display_name":"Developer","enabled":true,"name":"developer","timeout":300,"type":"builtin"},"memory":{"enabled":false,"type":"builtin"},"fetch":{"cmd":"uvx","args":["mcp-server-fetch"],"envs":{},"env_keys":[],"type":"stdio"}},"GOOSE_MODEL":"claude-sonnet","GOOSE_PROVIDER":"anthropic"}"#,
    #"{"model":{"default":"anthropic/claude-opus","provider":"auto","base_url":"https://openrouter.ai/api/v1"},"terminal":{"backend":"local","cwd":".","timeout":180},"mcp_servers":{"time":{"command":"uvx","args":["mcp-server-time"]}},"toolsets":["all","web"],"display":{"personality":"kawaii","compact":false},"skills":{"external_dirs":[]},"agent":{"max_turns":90,"verbose":null}}"#,
    #"{"read":["CONVENTIONS.md","docs/x.md"],"model":"sonnet","auto-commits":false,"dark-mode":true,"lint-cmd":["swift: swift format lint","python: ruff check"]}"#,
    #"{"version":"1.0","name":"My Config","models":[{"name":"a","provider":"x","roles":["chat","edit"]},{"name":"b","provider":"y"}],"mcpServers":[{"name":"m","command":"npx","args":["-y"]}],"rules":["Be terse"],"text":"several\nlines\n"}"#,
    #"{"a":{"b":{"c":1}},"d":null,"e":"","f":[],"g":{}}"#,
  ]

  static func value(_ json: String) -> FieldValue {
    var diagnostics: [Diagnostic] = []
    guard let root = parseJSON(SourceText(path: "shape", bytes: Array(json.utf8)), diagnostics: &diagnostics) else { return .null }
    return fieldValue(of: root)
  }
}
