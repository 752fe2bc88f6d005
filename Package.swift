// swift-tools-version:6.1
// The manifest is the map: one comment a room, and the arrows between the rooms are the only ones there are.
import PackageDescription

/// Where the runtime of the fuzzer lies; only `scripts/fuzz.sh` sets it, and then every room is instrumented.
let fuzzer = Context.environment["AIWG_FUZZ"]

/// The tests start the binary ten thousand times: optimised, they take a fifth of the time, and building it is no slower.
let optimised = SwiftSetting.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + (fuzzer == nil ? [optimised] : [.unsafeFlags(["-sanitize=fuzzer,address", "-O"])])

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], except data: [String] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: data, swiftSettings: settings)
}

let package = Package(
  name: "aiwg",
  platforms: [.macOS(.v14)],
  products: [.executable(name: "aiwg", targets: ["aiwg"])],
  dependencies: [
    // Commands, help and completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SHA-256 at the speed of the hardware; plain Swift is six times slower.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Descriptors, error numbers and paths of the operating system.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // The system's libyaml, through pkg-config.
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    // platforms.yaml and the library tree, compiled in as bytes.
    .target(name: "CShipped"),
    // What the C library has and Swift's view of it has not: swapping names, syncing a file system, pipes, signals.
    .target(name: "CSystemCalls"),
    // What is wrong, where, and what to do about it.
    room("Diagnostics"),
    // Paths that cannot escape, trees to read, the desired tree: the waist.
    room("FileTree"),
    // YAML with the place of every byte, over libyaml's events.
    room("YAML", ["CLibYAML", "Diagnostics"]),
    // TOML 1.0 with the place of every byte.
    room("TOML", ["Diagnostics"]),
    // JSON, and JSON with comments, with the place of every byte.
    room("JSON", ["Diagnostics"]),
    // What may stand in a document: the tables of keys that decoders read by, and their JSON Schemas.
    room("Schemas", ["JSON"]),
    // Glob patterns: parsing, braces, matching.
    room("Globs"),
    // Regular expressions over lines, and many texts found in one pass.
    room("Patterns"),
    // Line differences between two texts, and the merge of two that began as one.
    room("TextDiff"),
    // Artifacts: what a canonical tree says, however it was spelled.
    room("ContextModel", ["Diagnostics", "FileTree"]),
    // Members and elements that are put into a user's settings and taken out again, all other bytes as they are.
    room("SettingsFiles", ["ContextModel", "JSON", "TOML", "YAML", "FileTree", "Diagnostics"]),
    // From the files of a canonical tree to artifacts, and byte-exact edits of their heads.
    room("ContextLoading", ["ContextModel", "Schemas", "YAML", "FileTree", "Diagnostics"]),
    // What platforms.yaml says: places, placements, fields, reads, limits.
    room("Platforms", ["ContextModel", "Schemas", "YAML", "FileTree", "Diagnostics", "Globs"]),
    // What aiwg.yaml says, and byte-exact edits of it.
    room("ProjectFile", ["Schemas", "YAML", "FileTree", "Diagnostics"]),
    // The machine-checkable items of rules, and what they find in a repository.
    room("Verifying", ["Patterns", "ContextModel", "ContextLoading", "YAML", "Globs", "FileTree", "Diagnostics"]),
    // What somebody hides in files from the people who read them.
    room("Auditing", ["Patterns", "JSON", "TOML", "YAML", "FileTree", "Diagnostics"]),
    // Which place carries which artifact for which platform.
    room("Layout", ["ContextModel", "Platforms", "FileTree", "Diagnostics", "Globs"]),
    // What a platform loads of any tree, from what it reads; the judge of layouts, with which it shares no code.
    room("Reading", ["Platforms", "FileTree", "Globs"]),
    // The bytes of one output, both ways: frontmatter, bodies, sections, losses.
    room("Formats", ["ContextModel", "ContextLoading", "Platforms", "Layout", "FileTree", "Diagnostics", "Globs", "YAML", "TOML", "JSON"]),
    // Servers, hooks and permissions, in the words of each platform's settings.
    room("Settings", ["ContextModel", "Platforms", "Formats", "SettingsFiles", "FileTree", "Diagnostics"]),
    // From an edited output to an edit of the canonical file that it was made from.
    room(
      "Absorbing",
      [
        "Formats", "Settings", "SettingsFiles", "Layout", "ContextLoading", "ContextModel", "Platforms", "YAML", "TextDiff", "FileTree",
        "Diagnostics",
      ]),
    // From files that somebody wrote for platforms to a canonical tree.
    room(
      "Importing",
      [
        "Absorbing", "Formats", "Settings", "SettingsFiles", "Layout", "ContextLoading", "ContextModel", "Platforms", "SharedFiles", "YAML",
        "TextDiff", "Globs", "FileTree", "Diagnostics",
      ]),
    // Whether translations say what their base says today: sections, digests, structure.
    room(
      "Translating", ["ContextLoading", "ContextModel", "Diagnostics", "YAML", .product(name: "Crypto", package: "swift-crypto")]),
    // Managed blocks in files of the user's.
    room("SharedFiles", ["FileTree", "Diagnostics"]),
    // Desired, recorded, observed: the decision table and the plan.
    room("Planning", ["FileTree", "SharedFiles", "SettingsFiles", "ContextModel", "Diagnostics", .product(name: "Crypto", package: "swift-crypto")]),
    // Carrying a plan out.
    room("Applying", ["Planning", "SharedFiles", "FileTree", "Diagnostics"]),
    // The operating system; no other room opens a file.
    room("Disk", ["CSystemCalls", "FileTree", "Diagnostics", .product(name: "SystemPackage", package: "swift-system")]),
    // Problems of a tree that was read, before they reach a platform.
    room(
      "Linting",
      ["ContextModel", "ContextLoading", "Platforms", "Formats", "Schemas", "YAML", "JSON", "Globs", "Patterns", "FileTree", "Diagnostics"]),
    // What editors say and hear: messages, positions, open documents.
    room("LanguageServer", ["JSON", "Diagnostics"]),
    // What becomes of a tree on all platforms, as one page that stands alone.
    room("Reporting", ["Diagnostics", .product(name: "Crypto", package: "swift-crypto")]),
    // What git remembers of a file, and what it fetches from elsewhere.
    room("Git", ["Disk", "FileTree"]),
    // One file a command, the pipeline that they share, and reports.
    room(
      "Commands",
      [
        "Diagnostics", "FileTree", "YAML", "TextDiff", "Globs", "ContextModel", "ContextLoading", "Platforms", "ProjectFile", "Layout", "Formats",
        "Reading", "SharedFiles", "Settings", "SettingsFiles", "Planning", "Applying", "Absorbing", "Importing", "Translating", "Verifying",
        "Auditing", "Disk", "Git", "JSON", "Schemas", "Linting", "LanguageServer", "Reporting", "CShipped",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // The way in.
    .executableTarget(name: "aiwg", dependencies: ["Commands"], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["ContextLoading", "ContextModel", "Platforms", "JSON", "FileTree", "Diagnostics"],
      path: "Tests/TestSupport",
      swiftSettings: settings),
    // Laws that must hold for whatever bytes come in; the fuzzer and a short test both feed them.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CShipped", "ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Formats", "Globs", "Layout", "Planning", "Platforms",
        "ProjectFile", "SettingsFiles", "SharedFiles", "TOML", "YAML",
      ], path: "Tests/FuzzTargets", swiftSettings: settings),
    tests(of: "FuzzRegression", ["FuzzTargets"]),
    tests(of: "YAML", ["YAML", "Diagnostics"], except: ["suite.txt"]),
    tests(of: "TOML", ["TOML", "Diagnostics"]),
    tests(of: "JSON", ["JSON", "Diagnostics"]),
    tests(
      of: "Settings", ["Settings", "SettingsFiles", "Formats", "Platforms", "ContextModel", "FileTree", "Diagnostics"],
      except: ["fixture.txtar", "permissions.txtar", "Goldens"]),
    tests(of: "LanguageServer", ["LanguageServer", "JSON"]),
    tests(of: "SettingsFiles", ["SettingsFiles", "ContextModel", "JSON", "TOML", "YAML", "FileTree", "Diagnostics"]),
    tests(of: "ContextLoading", ["ContextLoading", "ContextModel", "YAML", "FileTree", "Diagnostics"]),
    tests(of: "Disk", ["Disk", "FileTree", "Diagnostics"]),
    tests(of: "Git", ["Git", "Disk", "FileTree"]),
    tests(of: "SharedFiles", ["SharedFiles", "FileTree", "Diagnostics"]),
    tests(of: "TextDiff", ["TextDiff"]),
    tests(
      of: "Absorbing",
      [
        "Absorbing", "Formats", "Settings", "SettingsFiles", "Layout", "Platforms", "ContextLoading", "ContextModel", "TextDiff", "YAML", "Globs",
        "FileTree", "Diagnostics",
      ]),
    tests(of: "Translating", ["Translating", "ContextLoading", "ContextModel", "Diagnostics", "FileTree"]),
    tests(of: "Planning", ["Planning", "SharedFiles", "FileTree", "Diagnostics"]),
    tests(of: "Applying", ["Applying", "Planning", "Disk", "FileTree", "Diagnostics"]),
    // These run the binary that is built beside them.
    tests(
      of: "Script", ["aiwg", "ProjectFile", "Platforms", "Planning", "Applying", "ContextModel"],
      except: ["Scripts", "Compat", "collisions.txt", "hostile.txtar"]),
    tests(of: "Message", ["aiwg"], except: ["Cases"]),
    tests(of: "Client", ["aiwg"]),
    tests(of: "Import", ["aiwg", "FileTree"], except: ["Platforms"]),
    tests(of: "Reporting", ["Reporting", "aiwg"]),
    tests(of: "Globs", ["Globs"]),
    tests(of: "Patterns", ["Patterns"]),
    tests(of: "Verifying", ["Verifying", "Patterns", "ContextLoading", "ContextModel", "FileTree", "Diagnostics"]),
    tests(
      of: "Linting",
      ["Linting", "ContextModel", "ContextLoading", "Platforms", "Formats", "YAML", "JSON", "Globs", "Patterns", "FileTree", "Diagnostics"]),
    tests(of: "Auditing", ["Auditing", "FileTree", "Diagnostics"]),
    tests(of: "Library", ["Verifying", "Patterns", "ContextLoading", "ContextModel", "FileTree", "Diagnostics"]),
    tests(
      of: "Schema",
      [
        "aiwg", "Schemas", "Linting", "Formats", "ProjectFile", "Platforms", "ContextLoading", "ContextModel", "YAML", "JSON", "FileTree",
        "Diagnostics",
      ], except: ["seeds.txtar"]),
    tests(of: "ContextModel", ["ContextModel", "Diagnostics", "FileTree"]),
    tests(of: "ProjectFile", ["ProjectFile", "Diagnostics"]),
    tests(of: "Platforms", ["Platforms", "ContextModel", "Diagnostics", "FileTree", "Globs"]),
    tests(of: "Layout", ["Layout", "ContextModel", "Platforms", "Diagnostics", "FileTree", "Globs"]),
    tests(
      of: "Reading", ["Reading", "Formats", "Layout", "Platforms", "ContextModel", "SharedFiles", "Diagnostics", "FileTree"],
      except: ["exceptions.txt", "pairs.txt"]),
    tests(of: "Formats", ["Formats", "Layout", "Platforms", "ContextModel", "YAML", "Diagnostics", "FileTree"]),
    tests(
      of: "Golden", ["Reading", "Formats", "Layout", "Platforms", "ContextModel", "Diagnostics", "FileTree"],
      except: ["fixture.txtar", "Goldens", "UserGoldens"]),
    tests(of: "Architecture", ["Formats", "Layout", "Platforms", "ContextModel", "Diagnostics", "FileTree"]),
  ]
)

if let fuzzer {
  let linking = ["-sanitize=address", "-Xlinker", "-L" + fuzzer, "-Xlinker", "-lclang_rt.fuzzer_no_main-x86_64", "-Xlinker", "-lstdc++"]
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz", swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(linking)]))
}

#if os(Linux)
  // Nothing else lets a library stand between a program and the system.
  package.targets.append(tests(of: "Torture", ["aiwg"], except: ["Shim"]))
#endif
