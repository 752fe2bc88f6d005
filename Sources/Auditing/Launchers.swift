/// Programs that fetch what they run, and places that others can write to, as data.
enum Launchers {
  /// One that runs a package of a registry.
  struct Runner {
    /// The words that it begins with.
    var words: [String]
    /// Options that name the package.
    var naming: Set<String> = []
    /// Other options with a value of their own.
    var valued: Set<String> = []
    var registry: Registry
  }

  enum Registry { case npm, python, images, scripts }

  static let runners: [Runner] = [
    Runner(words: ["npx"], naming: ["-p", "--package"], valued: ["-c", "--call", "-w", "--workspace"], registry: .npm),
    Runner(words: ["bunx"], naming: ["-p", "--package"], registry: .npm), Runner(words: ["pnpx"], naming: ["--package"], registry: .npm),
    Runner(words: ["bun", "x"], registry: .npm), Runner(words: ["npm", "exec"], naming: ["-p", "--package"], registry: .npm),
    Runner(words: ["npm", "x"], naming: ["-p", "--package"], registry: .npm), Runner(words: ["pnpm", "dlx"], naming: ["--package"], registry: .npm),
    Runner(words: ["yarn", "dlx"], naming: ["-p", "--package"], registry: .npm),
    Runner(
      words: ["uvx"], naming: ["--from"], valued: ["--with", "-p", "--python", "--index-url", "--index", "--extra-index-url", "--directory"],
      registry: .python),
    Runner(
      words: ["uv", "tool", "run"], naming: ["--from"], valued: ["--with", "-p", "--python", "--index-url", "--index", "--directory"],
      registry: .python),
    Runner(words: ["pipx", "run"], naming: ["--spec"], valued: ["--python", "--pip-args"], registry: .python),
    Runner(words: ["docker", "run"], valued: imageOptions, registry: .images),
    Runner(words: ["podman", "run"], valued: imageOptions, registry: .images),
    Runner(words: ["deno", "run"], registry: .scripts),
  ]

  private static let imageOptions: Set<String> = [
    "-e", "--env", "-v", "--volume", "--mount", "-p", "--publish", "--name", "--network", "--net", "-w", "--workdir", "-u", "--user", "--entrypoint",
    "--env-file", "-l", "--label", "--add-host", "--platform", "--cpus", "--memory", "-m", "--pull", "--restart", "--hostname", "-h", "--device",
    "--gpus",
  ]

  /// Programs that run the file that they are given.
  static let interpreters: Set<String> = [
    "sh", "bash", "zsh", "dash", "node", "python", "python3", "ruby", "perl", "php", "bun", "deno", "tsx", "ts-node", "java", "pwsh", "powershell",
    "osascript",
    "source", ".", "sudo", "env", "nohup", "exec", "chmod", "open",
  ]

  /// Beginnings of paths where any program of the machine can put something.
  static let writable = [
    "/tmp/", "/var/tmp/", "/dev/shm/", "/private/tmp/", "$tmpdir/", "${tmpdir}/", "~/downloads/", "$home/downloads/", "${home}/downloads/",
    "%temp%\\", "%tmp%\\",
    "%temp%/", "c:\\users\\public\\", "c:\\windows\\temp\\", "c:/windows/temp/", "%userprofile%\\downloads\\", "%appdata%\\..\\local\\temp\\",
  ]

  /// Variables that make other programs load what they name.
  static let injecting: Set<String> = [
    "ld_preload", "ld_audit", "dyld_insert_libraries", "bash_env", "pythonstartup", "perl5opt", "rubyopt", "git_ssh_command", "git_ssh",
    "prompt_command",
    "java_tool_options", "git_external_diff", "git_pager", "git_askpass", "node_extra_ca_certs",
  ]

  /// Variables, with values that switch off who answers for a server.
  static let unchecked: [String: Set<String>] = [
    "node_tls_reject_unauthorized": ["0"], "pythonhttpsverify": ["0"], "git_ssl_no_verify": ["1", "true"], "npm_config_strict_ssl": ["false"],
  ]

  /// Variables that send what a model is asked, and the key that pays for it, to the host that they name.
  static let redirecting: [String: [String]] = [
    "anthropic_base_url": ["anthropic.com"], "anthropic_bedrock_base_url": ["amazonaws.com"], "anthropic_vertex_base_url": ["googleapis.com"],
    "openai_base_url": ["openai.com"], "openai_api_base": ["openai.com"], "google_gemini_base_url": ["googleapis.com"],
    "gemini_base_url": ["googleapis.com"],
    "azure_openai_endpoint": ["azure.com"], "openrouter_base_url": ["openrouter.ai"], "mistral_base_url": ["mistral.ai"],
    "deepseek_base_url": ["deepseek.com"],
    "https_proxy": [], "http_proxy": [], "all_proxy": [],
  ]
}
