import Patterns

/// How the secrets of a service look.
struct TokenFormat: Sendable {
  /// In words.
  var name: String
  /// In lower case.
  var anchors: [String]
  /// Of what `LinePattern` reads; the case of letters counts.
  var pattern: String
  /// Bits for each character that the part behind the anchor has at least.
  var entropy = 3.0
}

struct ReadyToken: Sendable {
  var format: TokenFormat
  var pattern: LinePattern

  init(_ format: TokenFormat) throws(PatternProblem) {
    self.format = format
    pattern = try LinePattern(format.pattern)
  }
}

/// From the services' own pages about the prefixes of their tokens, and the public tables of secret scanners.
enum TokenFormats {
  static let all: [TokenFormat] = [
    TokenFormat(
      name: "a private key", anchors: ["private key-----", "private key block-----"],
      pattern: "-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----", entropy: 0),
    TokenFormat(name: "a key of age", anchors: ["age-secret-key-1"], pattern: "AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    TokenFormat(name: "an access key of AWS", anchors: ["akia", "asia", "abia", "acca"], pattern: "\\<(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\>"),
    TokenFormat(name: "a token of GitHub", anchors: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], pattern: "\\<gh[pousr]_[A-Za-z0-9]{36,}"),
    TokenFormat(name: "a token of GitHub", anchors: ["github_pat_"], pattern: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    TokenFormat(name: "a token of GitLab", anchors: ["glpat-", "gldt-", "glrt-", "glptt-"], pattern: "\\<gl(pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,}"),
    TokenFormat(
      name: "a token of Slack", anchors: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxe", "xapp-"],
      pattern: "\\<(xox[bpare](-[0-9]+)?|xapp-[0-9])-[A-Za-z0-9-]{20,}", entropy: 2.5),
    TokenFormat(
      name: "a webhook of Slack", anchors: ["hooks.slack.com"], pattern: "hooks\\.slack\\.com/(services|workflows|triggers)/[A-Za-z0-9+/]{40,}"),
    TokenFormat(
      name: "a webhook of Discord", anchors: ["/api/webhooks/"], pattern: "discord(app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}"),
    TokenFormat(name: "a token of a Telegram bot", anchors: [":aa"], pattern: "\\<(bot)?[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    TokenFormat(name: "a key of Anthropic", anchors: ["sk-ant-"], pattern: "\\<sk-ant-[a-z]+[0-9]{2}-[A-Za-z0-9_-]{40,}"),
    TokenFormat(
      name: "a key of OpenAI", anchors: ["sk-proj-", "sk-svcacct-", "sk-admin-"], pattern: "\\<sk-(proj|svcacct|admin)-[A-Za-z0-9_-]{40,}"),
    TokenFormat(name: "a key of OpenAI", anchors: ["t3blbkfj"], pattern: "\\<sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"),
    TokenFormat(name: "a key of OpenRouter", anchors: ["sk-or-v1-"], pattern: "\\<sk-or-v1-[0-9a-f]{64}"),
    TokenFormat(name: "a key of Google", anchors: ["aiza"], pattern: "\\<AIza[A-Za-z0-9_-]{35}"),
    TokenFormat(name: "a secret of a Google client", anchors: ["gocspx-"], pattern: "GOCSPX-[A-Za-z0-9_-]{28}"),
    TokenFormat(
      name: "a key of Stripe", anchors: ["sk_live_", "rk_live_", "whsec_"], pattern: "\\<((sk|rk)_live_[A-Za-z0-9]{20,}|whsec_[A-Za-z0-9]{32,})"),
    TokenFormat(name: "a token of npm", anchors: ["npm_"], pattern: "\\<npm_[A-Za-z0-9]{36}"),
    TokenFormat(name: "a token of PyPI", anchors: ["pypi-ageichlwas5vcmc"], pattern: "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    TokenFormat(name: "a token of RubyGems", anchors: ["rubygems_"], pattern: "rubygems_[0-9a-f]{48}"),
    TokenFormat(name: "a token of Hugging Face", anchors: ["hf_"], pattern: "\\<hf_[A-Za-z]{34}\\>"),
    TokenFormat(name: "a key of SendGrid", anchors: ["sg."], pattern: "\\<SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
    TokenFormat(name: "a token of DigitalOcean", anchors: ["dop_v1_", "doo_v1_", "dor_v1_"], pattern: "\\<do[opr]_v1_[0-9a-f]{64}"),
    TokenFormat(name: "a token of Databricks", anchors: ["dapi"], pattern: "\\<dapi[0-9a-f]{32}\\>"),
    TokenFormat(name: "a token of Shopify", anchors: ["shpat_", "shpca_", "shppa_", "shpss_"], pattern: "\\<shp(at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    TokenFormat(name: "a token of Linear", anchors: ["lin_api_"], pattern: "\\<lin_api_[A-Za-z0-9]{40}"),
    TokenFormat(name: "a token of Notion", anchors: ["ntn_"], pattern: "\\<ntn_[0-9]{11}[A-Za-z0-9]{35}"),
    TokenFormat(name: "a key of Postman", anchors: ["pmak-"], pattern: "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    TokenFormat(name: "a token of Vault", anchors: ["hvs.", "hvb."], pattern: "\\<hv[sb]\\.[A-Za-z0-9_-]{24,}"),
    TokenFormat(
      name: "a token of Doppler", anchors: ["dp.pt.", "dp.st.", "dp.ct."], pattern: "\\<dp\\.(pt|ct|st(\\.[a-z0-9_-]+)?)\\.[A-Za-z0-9]{40,}"),
    TokenFormat(name: "a token of Supabase", anchors: ["sbp_"], pattern: "\\<sbp_[0-9a-f]{40}"),
    TokenFormat(name: "a key of Groq", anchors: ["gsk_"], pattern: "\\<gsk_[A-Za-z0-9]{48,}"),
    TokenFormat(name: "a key of xAI", anchors: ["xai-"], pattern: "\\<xai-[A-Za-z0-9]{70,}"),
    TokenFormat(name: "a key of Perplexity", anchors: ["pplx-"], pattern: "\\<pplx-[A-Za-z0-9]{40,}"),
    TokenFormat(name: "a token of Replicate", anchors: ["r8_"], pattern: "\\<r8_[A-Za-z0-9]{37}"),
    TokenFormat(name: "a token of Atlassian", anchors: ["atatt3"], pattern: "ATATT3[A-Za-z0-9_=-]{100,}"),
    TokenFormat(name: "a token of Docker Hub", anchors: ["dckr_pat_"], pattern: "dckr_pat_[A-Za-z0-9_-]{27}"),
    TokenFormat(name: "a token of Fly.io", anchors: ["fm2_", "fo1_"], pattern: "\\<(fm2_[A-Za-z0-9+/=]{100,}|fo1_[A-Za-z0-9_-]{43})"),
    TokenFormat(name: "a token of Figma", anchors: ["figd_"], pattern: "\\<figd_[A-Za-z0-9_-]{38,}"),
    TokenFormat(name: "a token of Sentry", anchors: ["sntrys_", "sntryu_"], pattern: "\\<sntry(s_eyJ[A-Za-z0-9_=+/-]{60,}|u_[0-9a-f]{64})"),
    TokenFormat(name: "a token of Terraform Cloud", anchors: [".atlasv1."], pattern: "\\<[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,}"),
    TokenFormat(name: "a signed token", anchors: ["eyj"], pattern: "\\<eyJ[A-Za-z0-9_-]{17,}\\.eyJ[A-Za-z0-9_-]{17,}\\.[A-Za-z0-9_-]{20,}"),
    TokenFormat(
      name: "a password in an address", anchors: ["://"],
      pattern: "\\<[a-z][a-z0-9+.-]*://[A-Za-z0-9._%+-]*:([^][:space:]/@:\"'`<>{}$*()|\\]{6,})@[A-Za-z0-9][A-Za-z0-9.-]+", entropy: 2.6),
  ]
}
