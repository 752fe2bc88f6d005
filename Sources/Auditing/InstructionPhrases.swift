import Diagnostics

/// What a model is told to do against the people that it works for.
///
/// From public reports: Pillar Security's Rules File Backdoor, Invariant Labs' tool poisoning, HiddenLayer's CopyPasta, Embrace The Red's ASCII
/// smuggling and Copilot findings, Snyk's ToxicSkills, the wiper prompt in an extension of Amazon.
enum InstructionPhrases {
  static let all = override + conceal + exfiltrate + [prompt] + disableSafety + plant

  private static let read = "read the sentence as a model does, and take it out; look up who wrote it"

  private static let nouns =
    "(instructions?|prompts?|rules|guidelines|directives|directions|constraints|commands|messages|training|guardrails|policies|restrictions)"
  private static let fillers = "(all|any|every|everything|of|the|your|my|our|these|those|other)"
  private static let before = "(previous|previously|prior|above|earlier|preceding|foregoing)"

  private static let override: [Phrase] = [
    Phrase(
      .override, .error, .paragraph, at: ["ignore", "disregard", "forget", "overrid", "bypass", "overrule"],
      "\\<(ignore|disregard|forget|override|overrule|bypass)( \(fillers))* \(before)( (given|system|user|safety|security))? \(nouns)",
      excuse: .mentioning, "this tells a model to drop the instructions that it has", help: read),
    Phrase(
      .override, .error, .paragraph, at: ["ignore", "disregard", "forget", "overrid", "bypass"],
      "\\<(ignore|disregard|forget|override|bypass)( \(fillers))* (safety|security|system) (\(nouns)|prompt|checks?|filters?|policy)",
      excuse: .mentioning, "this tells a model to drop the instructions that keep it safe", help: read),
    Phrase(
      .override, .error, .paragraph,
      at: ["ignore all", "ignore your", "disregard all", "disregard your", "forget all", "forget your", "forget everything"],
      "\\<(ignore|disregard|forget) (all( of)?|everything in|your)( your| the)? \(nouns)",
      unlessBefore: ["that", "in", "found", "embedded", "inside", "contained", "within", "from", "which", "it"], excuse: .mentioning,
      "this tells a model to drop the instructions that it has", help: read),
    Phrase(
      .override, .error, .paragraph, at: ["you are now", "jailbr", "god mode", "do anything now"],
      "you are now( in)?( an?| the)? (dan|developer mode|unrestricted|jailbroken|unfiltered|uncensored|free (of|from)|no longer bound)|(enter|enable|activate) (god|jailbreak|unrestricted|dan) mode|do anything now",
      excuse: .mentioning, "this tells a model that its rules no longer hold", help: read),
    Phrase(
      .override, .error, .paragraph, at: ["precedence over", "priority over", "supersede"],
      "(takes?|have|has) (absolute |full )?(precedence|priority) over( all| any| the| your)* (safety|security|system prompt|system instructions|developer instructions)|supersedes?( all| any| the| your)* (safety|security|system) (prompt|instructions|rules|guidelines)",
      excuse: .mentioning, "this puts a file above the rules that keep a model safe", help: read),
  ]

  /// What all such sentences have, over a line end too.
  private static let silences: [String] = ["not", "n't", "dont", "never", "ever", "avoid", "without"].flatMap { no in
    ["mention", "tell", "inform", "notify", "alert", "warn"].flatMap { verb in [" ", "\n"].map { no + $0 + verb } }
  }

  private static let conceal: [Phrase] = [
    Phrase(
      .conceal, .error, .paragraph, at: silences,
      "(do not|don'?t|never|must not|without|avoid) (ever )?(mention|tell|inform|notify|alert|warn)(ing)?( (this|these|that|it|them|anything|any of this|about this|about it)( (step|steps|change|changes|instruction|instructions|action|actions|file|files))?)?( to| with)? the (user|developer|human|reviewer)s?",
      unlessBefore: [
        "to ", "how", "they", "what to", "which", "'s", "only", "just", "until", "unless", "you are done", "story", "twice", "again",
        "more than once",
      ], excuse: .mentioning,
      "this tells a model to keep something from the people that it works for", help: read),
    Phrase(
      .conceal, .error, .paragraph, at: silences.filter { $0.hasSuffix("mention") },
      "(do not|don'?t|never|must not) (ever )?mention (that you|anything about|(this|these|the) (rule|rules|file|instruction|instructions|step|steps|script|addition|comment|payload|change|changes|code changes))( |\\>)",
      excuse: .mentioning, "this tells a model to keep silent about what it does", help: read),
    Phrase(
      .conceal, .error, .paragraph,
      at: ["secretly", "covertly", "knowing", "noticing", "knowledge", "awareness", "not see", "not notice", "silently", "not visible"],
      "(secretly|covertly) (send|sends|upload|post|forward|copy|add|insert|include|run|execute|install|read|collect|record)|silently (send|upload|post|forward|exfiltrate|collect)|without( the)? (user|developer|victim)('s)? (knowing|noticing|knowledge|awareness)|so( that)? the (user|developer|reviewer) (does not|doesn'?t|won'?t|will not|cannot|can'?t) (see|notice|know)",
      "this tells a model to do something that nobody is to notice", help: read),
    Phrase(
      .conceal, .error, .paragraph, at: ["hide", "conceal"],
      "\\<(hide|conceal) (this|these|that|the following|all of this|your actions?|what you did|the changes?)( \\w+)? from( the)? (user|developer|human|reviewer|log|logs|history)",
      unlessBefore: ["interface", "menu", "list", "table", "settings"],
      "this tells a model to hide what it does", help: read),
  ]

  /// Files that hold nothing but secrets.
  static let secretFiles =
    "(~/\\.ssh|\\.ssh/|id_rsa|id_ed25519|id_ecdsa|\\.aws/credentials|\\.git-credentials|\\.netrc|\\.pypirc|\\.npmrc|\\.kube/config|\\.docker/config\\.json|/etc/shadow|/etc/passwd|mcp\\.json|login data|login\\.keychain|cookies\\.sqlite|wallet\\.dat|keystore|gcloud/credentials|\\.gnupg|(^|[^a-z])\\.env\\>)"

  private static let things =
    "(contents? of|api keys?|access tokens?|auth(entication)? tokens?|credentials|secrets|passwords?|private keys?|environment variables|env vars|session cookies|seed phrase|mnemonic|system prompt|conversation|chat history|source code|user data)"

  private static let places =
    "(https?://|webhook|(this|the following|our|my) (url|endpoint|server|address|host)|an? (external|remote) (url|endpoint|server|host))"

  private static let exfiltrate: [Phrase] = [
    Phrase(
      .exfiltrate, .error, .paragraph,
      at: [
        ".ssh", "id_rsa", "id_ed25519", "credentials", ".netrc", "mcp.json", "/etc/passwd", "/etc/shadow", ".env", "keychain", "wallet", ".npmrc",
        ".pypirc",
      ],
      "\\<(read|open|cat|load|collect|gather|retrieve|access|get|find|take|copy)\\>.{0,60}\(secretFiles).{0,160}(\\<(send|post|upload|pass|forward|transmit|submit|exfiltrate|append|attach|provide)\\>.{0,60}(https?://|content|it|them|server|param|argument|as)|(as|in) (the |an? )?['\"`]?[a-z_]+['\"`]? (parameter|argument|field)|https?://)",
      "this tells a model to read secrets and hand them on", help: read),
    Phrase(
      .exfiltrate, .error, .paragraph,
      at: [
        ".ssh", "id_rsa", "id_ed25519", "credentials", ".netrc", "mcp.json", "/etc/passwd", "/etc/shadow", ".env", "keychain", "wallet", ".npmrc",
      ],
      "\\<(send|post|upload|forward|transmit|submit|exfiltrate|leak|pass|include|append|email|encode|embed)\\>.{0,60}\(secretFiles).{0,100}(\(places)|as (the |an? )?['\"`]?[a-z_]+['\"`]?|to [a-z0-9.-]+\\.[a-z]{2,}|@[a-z0-9-]+\\.)",
      "this tells a model to hand secrets on", help: read),
    Phrase(
      .exfiltrate, .error, .paragraph,
      at: [
        "contents of", "content of", "api key", "access token", "auth token", "authentication token", "credentials", "secrets", "password",
        "private key", "environment variables",
        "env vars", "session cookies", "seed phrase", "mnemonic", "system prompt", "conversation", "chat history", "source code", "user data",
      ],
      "\\<(exfiltrate|leak|steal|harvest|upload|forward|send|post|transmit|submit)s? (all |any |every |the |your |their |this |entire |full |whole |user'?s? |its )*\(things)( \\S+){0,8} to \(places)",
      "this tells a model to send what it knows elsewhere", help: read),
    Phrase(
      .exfiltrate, .error, .paragraph, at: ["bcc"],
      "(always|every|each|all|silently|also)( \\w+){0,6} bcc |bcc( \\w+){0,4} (every|each|all) |\\<bcc['\"]?[[:space:]]*:[[:space:]]*['\"]?[a-z0-9._-]+@[a-z0-9-]+\\.[a-z]+",
      "this sends a copy of each message to somebody", help: read),
    Phrase(
      .exfiltrate, .warning, .line, at: ["](http"],
      "!\\[[^]]*\\]\\(https?://[^)[:space:]]*[?&/=]([{<$]|%7b|\\[)[^)]*(secret|key|token|data|env|content|conversation|history|prompt|password|summary|code)[^)]*\\)",
      "an image whose address takes data along: who shows it sends them", help: "take the image out; a client loads it without asking"),
  ]

  private static let prompt = Phrase(
    .exfiltrate, .warning, .paragraph, at: ["system prompt"],
    "\\<(output|print|reveal|repeat|dump|disclose|paste)( your| the| its| my)*( full| entire| whole| complete| hidden| original)* system prompt",
    excuse: .mentioning,
    "this has a model give away what it was told", help: read)

  private static let checks =
    "(checks?|prompts?|measures?|features?|filters?|controls?|protocols?|warnings?|dialogs?|requests?|requirements?|scans?|scanning|scanners?|reviews?|mechanisms?|guards?|restrictions?|hooks?)"

  private static let disableSafety: [Phrase] = [
    Phrase(
      .disableSafety, .warning, .paragraph, at: ["disable", "turn off", "bypass", "circumvent", "deactivate", "switch off"],
      "\\<(disable|turn off|switch off|deactivate|bypass|circumvent)( all| any| the| your| every| its)* (security|safety|permission|approval|confirmation|sandbox|guardrail|content|secret|malware|antivirus|authorization) \(checks)|\\<(disable|turn off|bypass|circumvent)( all| any| the| your)* (sandbox|sandboxing|guardrails|safeguards|gatekeeper|antivirus|windows defender)",
      "this tells a model to switch off what keeps people safe", help: read),
    Phrase(
      .disableSafety, .warning, .line,
      at: [
        "--dangerously-skip-permissions", "--dangerously-bypass-approvals", "--yolo", "--trust-all-tools", "--allow-all-tools",
        "--dangerously-allow-all",
        "xattr -", "spctl --master-disable", "csrutil disable", "set-mppreference",
      ],
      "(--dangerously-skip-permissions|--dangerously-bypass-approvals[a-z-]*|--yolo\\>|--trust-all-tools|--allow-all-tools|--dangerously-allow-all[a-z-]*|xattr +-[a-z]*[cd][a-z]* +(com\\.apple\\.quarantine|[^ ]+\\.(app|pkg|dmg))|spctl +--master-disable|csrutil +disable|set-mppreference +-disable)",
      "this runs something without the questions or the guards that it has",
      help: "leave the option out; grant the few things that are needed in the settings instead"),
    Phrase(
      .disableSafety, .warning, .paragraph,
      at: ["auto-approve", "auto approve", "autoapprove", "approve all", "accept all", "approve every", "approve any"],
      "\\<(auto-?approve|automatically approve|approve|accept) (all|every|any)( of)?( the)? (tool|tools|permission|command|request|action|terminal|shell|mcp)( \\w+)?",
      "this tells a model, or its user, to agree to everything", help: read),
    Phrase(
      .disableSafety, .warning, .paragraph, at: ["autoapprove", "bypasspermissions", "skippermissions"],
      "\\<(set|write|add|change|modify|put|enable)\\>.{0,60}(autoapprove|bypasspermissions|skippermissions)",
      unlessBefore: ["` to false", "` to `false", "` to an empty", "to false", "\": false", "\": []", ": false"],
      "this tells a model to change its own permissions", help: read),
  ]

  private static let plant: [Phrase] = [
    Phrase(
      .plantCode, .error, .paragraph, at: ["<script"],
      "\\<(always|every|each|all|must|strictly|any|whenever|when you (create|generate|write))\\>.{0,160}<script[^>]*src[[:space:]]*=[[:space:]]*[\"']?https?://",
      "this tells a model to put somebody's script into what it writes", help: read),
    selfCopy(
      "(copy|replicate|insert|add|include|append|propagate|paste|reproduce) (this|these)",
      "(text|prompt|comment|instructions?|block|message|paragraph|payload|directive)"),
    selfCopy(
      "(copy|replicate|propagate|reproduce) the (following|above)", "(text|prompt|comment|instructions?|block|message|paragraph|payload|directive)"),
    // The following comment or text for every file is mostly a license.
    selfCopy("(insert|add|include|append|paste) the (following|above)", "(prompt|instructions?|message|payload|directive)"),
  ]

  private static func selfCopy(_ order: String, _ things: String) -> Phrase {
    Phrase(
      .selfCopy, .error, .paragraph,
      at: [
        "this text", "this exact", "this entire", "this whole", "this same", "this hidden", "this full", "this verbatim", "this prompt",
        "this comment", "this instruction", "this block", "this message", "this paragraph", "this payload", "this directive", "these instructions",
        "these exact", "the following", "the above",
      ],
      "\\<\(order)( (exact|entire|whole|same|hidden|full|verbatim|above|following))* \(things)( \\w+){0,4} (into|in|to|at the (top|beginning|start|end) of) (every|each|all|any)",
      excuse: .mentioning, "this tells a model to spread the text", help: read)
  }
}
