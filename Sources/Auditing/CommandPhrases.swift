import Diagnostics

/// Commands that run what somebody else may change at any time, or what nobody can read.
enum CommandPhrases {
  static let all = fetching + decoding + reverse + sending + destroying

  private static let shell = "(sudo +(-[a-z]+ +)*|env +)?(/usr/bin/|/bin/|/usr/bin/env +)?(ba|z|da|k|fi|a)?sh\\>"
  private static let interpreter =
    "(sudo +(-[a-z]+ +)*)?(/usr/bin/|/usr/bin/env +)?(python[0-9.]*|perl|ruby|node|bun|deno|php|osascript|pwsh|powershell)\\>"
  private static let fetcher = "(curl|wget|aria2c|lwp-download)"
  private static let quiet = "[[:space:]\\\\]*"

  private static let look = "download it, read it, pin it to a version or a digest, and run that"
  private static let undo = "decode it and read what it runs; take it out"

  private static let fetching: [Phrase] = [
    Phrase(
      .fetchAndRun, .warning, .line, at: ["curl", "wget", "aria2c", "lwp-download"],
      "\\<\(fetcher)\\> [^|;]*(://|[$<{@]|[a-z0-9_-]+\\.[a-z]{2,})[^|;]*\\|\(quiet)(tee [^|]*\\|\(quiet))?(\(shell)|\(interpreter)( +-([[:space:]]|$)| *([\"'`)]|$)))",
      "this runs what is fetched, unseen", help: look),
    Phrase(
      .fetchAndRun, .warning, .line, at: ["<(curl", "<(wget", "$(curl", "$(wget", "`curl", "`wget", "<( curl", "$( curl"],
      "((\\<(ba|z|da)?sh|\\<source|\\<eval|(^|[[:space:];&])\\.|\\<python[0-9.]*|\\<node|\\<perl|\\<ruby) +(-[a-z]+ +)*[\"']?(<\\(|\\$\\(|`) *(curl|wget)\\>)",
      "this runs what is fetched, unseen", help: look),
    Phrase(
      .fetchAndRun, .warning, .line, at: ["curl", "wget"],
      "\\<(curl|wget)\\> .*(-o|-O|--output|>|--output-document)[ =]*(\"?)([^ ;&|\"]+).*(&&|;|\n) *(sudo +)?(chmod +(\\+x|[0-7]*[75][0-7]*|[augo]+\\+x) |(ba|z)?sh +[^-]|python[0-9.]* +/tmp|/tmp/|\\./|open +|start )",
      "this runs what is fetched, unseen", help: look),
    Phrase(
      .fetchAndRun, .warning, .line, at: ["iex", "invoke-expression", "downloadstring", "mshta", "certutil", "bitsadmin", "regsvr32"],
      "((irm|iwr|curl|invoke-restmethod|invoke-webrequest|downloadstring)\\>.*\\| *(iex|invoke-expression)\\>|\\<(iex|invoke-expression)\\>.*(irm|iwr|invoke-restmethod|invoke-webrequest|downloadstring|https?://)|\\<mshta(\\.exe)? +[\"']?(https?|javascript|vbscript):|certutil(\\.exe)? .*-urlcache .*https?://|bitsadmin .*/transfer .*https?://|regsvr32 .*/i:https?://)",
      "this runs what is fetched, unseen", help: look),
    Phrase(
      .fetchAndRun, .warning, .line, at: ["exec(", "eval(", "function("],
      "(\\<(exec|eval)\\( *(compile\\( *)?(requests\\.get|urllib[a-z.0-9]*urlopen|urlopen|httpx\\.get|__import__\\( *['\"](urllib|requests))|\\<eval\\( *\\(? *await +\\(?( *await)? *(fetch|axios)|new +function\\( *await)",
      "this runs what is fetched, unseen", help: look),
    Phrase(
      .fetchAndRun, .error, .paragraph,
      at: [
        "glot.io", "pastebin.com", "rentry.co", "rentry.org", "paste.ee", "hastebin", "gist.githubusercontent", "password:", "passwor",
        "openclaw-agent",
      ],
      "(copy|paste|run|execute|install)( \\S+){0,12} (from )?\\[?[^[:space:]]{0,40}\\]?\\(?(https?://)?(www\\.)?(glot\\.io/snippets|pastebin\\.com/(raw/)?[a-z0-9]|rentry\\.(co|org)/|paste\\.ee/|hastebin\\.com/)|download( \\S+){0,12} (https?://\\S+\\.(zip|rar|7z))( \\S+){0,12} password|(extract|unzip|unpack)( \\S+){0,6} (with|using)( the)? (pass|password)\\>",
      "this has somebody run what lies on a page that anybody can change", help: look),
  ]

  private static let decoding: [Phrase] = [
    Phrase(
      .decodeAndRun, .error, .line, at: ["base64", "xxd", "openssl", "b64decode", "gzip -d", "gunzip"],
      "(base64 +(-d|-D|--decode|-di)\\>|xxd +-r|openssl +(enc|base64|aes)[^|]* -d\\>|gunzip|gzip +-d)[^|]*(\\|[^|]*)?\\|\(quiet)(\(shell)|\(interpreter))",
      "this runs what it decodes", help: undo),
    Phrase(
      .decodeAndRun, .error, .line, at: ["base64"],
      "((ba|z|da)?sh|eval|source|python[0-9.]*|node|perl) +(-[a-z]+ +)*[\"']?(<\\(|\\$\\(|`|<<< *[\"']?\\$\\()[^)`]*base64 +(-d|--decode)",
      "this runs what it decodes", help: undo),
    Phrase(
      .decodeAndRun, .error, .line,
      at: ["atob", "b64decode", "base64'", "base64\"", "frombase64string", "decode64", "base64_decode", "fromhex", "fromcharcode", "unhexlify"],
      "(\\<(eval|exec|function|settimeout|execsync|spawn|system|compile|invoke-expression|iex|popen|assert)\\>[ (\\[]*[^;]{0,60}(atob\\(|b64decode\\(|buffer\\.from\\(.{0,120}(base64|hex)|frombase64string\\(|decode64\\(|base64_decode\\(|fromhex\\(|fromcharcode\\(|unhexlify\\()|frombase64string\\([^|]*\\| *(iex|invoke-expression))",
      "this runs what it decodes", help: undo),
    Phrase(
      .decodeAndRun, .error, .line, at: ["powershell", "pwsh"],
      "(powershell|pwsh)(\\.exe)?\\>.* -(e|ec|enc|enco|encod|encode|encoded|encodedc|encodedco|encodedcom|encodedcomm|encodedcommand) +[\"']?[a-z0-9+/=]{16,}",
      "this runs what it decodes", help: undo),
    Phrase(
      .decodeAndRun, .error, .line, at: ["fe00", "e0100", "0xe01"],
      "(0xfe00|0xe0100|\\\\ufe00|\\\\u\\{e0100\\}).*(eval|function\\(|exec|fromcharcode|buffer\\.from)|(eval|exec|fromcharcode|buffer\\.from).*(0xfe00|0xe0100|\\\\ufe00|\\\\u\\{e0100\\})",
      "this decodes variation selectors into a program", help: undo),
  ]

  private static let reverse: [Phrase] = [
    Phrase(
      .reverseShell, .error, .line, at: ["/dev/tcp/", "/dev/udp/", "nc ", "ncat ", "mkfifo", "socket", "socat", "authorized_keys"],
      "((ba|z)?sh +-i[^|]*(/dev/(tcp|udp)/|>&)|/dev/(tcp|udp)/[0-9a-z.-]+/[0-9]+ *(0|<|>)|\\<(nc|ncat|netcat)\\>( +[^|;]*)? +(-[a-z]*e|--exec|-c) +[\"']?(/bin/|cmd|powershell|(ba|z)?sh)|mkfifo +[^|]*\\|?.*\\<(nc|ncat|openssl|telnet)\\>|socket\\.socket\\(.*(subprocess|pty\\.spawn|dup2)|socat +.*exec:|>> *~?[^ ]*\\.ssh/authorized_keys)",
      "this gives somebody elsewhere a shell here", help: "take it out, and look for what else came with it")
  ]

  private static let sending: [Phrase] = [
    Phrase(
      .exfiltrate, .error, .line, at: ["curl", "wget", "nc ", "ncat ", "invoke-webrequest", "invoke-restmethod", "irm ", "iwr "],
      "\\<(curl|wget|nc|ncat|invoke-webrequest|invoke-restmethod|irm|iwr)\\>.*(@|\\$\\(|`|<\\(?|--(data|post|upload|body)-?(file|binary|urlencode|raw)?[ =]|-t |-infile ) *[\"']?(@|cat |base64 |\\$home/|~/|/)*[^ ]*(\(InstructionPhrases.secretFiles))",
      "this sends secrets elsewhere", help: "take it out; change the secrets if it ever ran"),
    Phrase(
      .exfiltrate, .error, .line, at: ["| curl", "|curl", "| nc ", "|nc ", "| wget", "$(env", "$(printenv", "`env`", "`printenv`", "| ncat"],
      "((\\<(env|printenv|set)\\>|\\<(cat|base64|tar|zip|gzip|grep|security +(dump-keychain|find-[a-z]+-password))\\>[^|]*(\(InstructionPhrases.secretFiles)|dump-keychain|-password))[^|]*(\\|[^|]*)*\\| *(curl|wget|nc|ncat)\\>|\\<(curl|wget)\\>.*(\\$\\(|`) *(env|printenv)\\>)",
      "this sends secrets elsewhere", help: "take it out; change the secrets if it ever ran"),
    Phrase(
      .exfiltrate, .error, .line, at: ["process.env", "os.environ"],
      "(fetch|axios(\\.[a-z]+)?|requests\\.(post|get|put)|http\\.request|urlopen)\\( *[\"'`]https?://[^\"'`]*[\"'`].*(json\\.stringify\\( *process\\.env *\\)|dict\\( *os\\.environ *\\)|json\\.dumps\\( *dict\\( *os\\.environ|data *= *os\\.environ\\>[^.\\[]|json *= *os\\.environ\\>[^.\\[])",
      "this sends the whole environment elsewhere", help: "take it out; change the secrets if it ever ran"),
    Phrase(
      .dropSite, .warning, .line,
      at: [
        "webhook.site", "requestbin", "pipedream.net", "burpcollaborator", "oastify", "oast.", "interact.sh", "interactsh", "requestcatcher",
        "beeceptor", "canarytokens",
        "glot.io/snippets", "giftshop.club", "91.92.242.30",
      ],
      "(webhook\\.site/[0-9a-f-]{8,}|[a-z0-9]+\\.(m\\.)?pipedream\\.net|requestbin\\.(com|net)/[a-z0-9]+|[a-z0-9]+\\.burpcollaborator\\.net|[a-z0-9]+\\.oastify\\.com|[a-z0-9]+\\.oast\\.(fun|pro|live|site|online|me)|[a-z0-9]+\\.interact\\.sh|[a-z0-9-]+\\.requestcatcher\\.com|[a-z0-9-]+\\.(free\\.)?beeceptor\\.com|glot\\.io/snippets/[a-z0-9]+|giftshop\\.club|91\\.92\\.242\\.30)",
      "an address where anybody can drop data without a trace", help: "take it out, or name a server of your own"),
  ]

  private static let destroying: [Phrase] = [
    Phrase(
      .destroy, .error, .line, at: ["rm -", "mkfs", "of=/dev/", "format c:", "remove-item", "delete-bucket", "terminate-instances"],
      "(\\<rm +(-[a-z]+ +)*-[a-z]*r[a-z]* +(-[a-z-]+ +)*[\"']?(/|~/?|\\$home/?|\\$\\{home\\}/?|/\\*|~/\\*)[\"']?([[:space:];&|)`]|$)|\\<mkfs(\\.[a-z0-9]+)? +/dev/|\\<dd +.*of=/dev/(sd|nvme|disk|hd)|format +c:([[:space:]/\\\\&|;\"'`]|$)|remove-item +.*-recurse.* c:\\\\([[:space:]\"']|$))",
      "this deletes everything that it can", help: "take it out"),
    Phrase(
      .destroy, .error, .paragraph, at: ["near-factory", "factory state", "cloud resources", "file-system", "filesystem"],
      "near-factory state|\\<(delete|wipe|destroy|erase)( all| every| the| any)*( local| user)? (file-?system|home director(y|ies))( \\S+){0,6} (and|or) (all )?cloud|\\<(delete|wipe|destroy|terminate)( all| every| any)( \\w+)? cloud resources",
      "this tells a model to delete everything that it can", help: "take it out"),
  ]
}
