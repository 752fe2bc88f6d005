/// What each room may import, and why not more.
struct Room {
  var name: String
  var imports: Set<String>
  /// Why it knows nothing else.
  var reason: String

  static let all: [Room] = [
    Room(name: "CLibYAML", imports: [], reason: "the system's header alone"),
    Room(name: "CShipped", imports: [], reason: "bytes, which know nothing"),
    Room(name: "CSystemCalls", imports: [], reason: "calls of the C library, handed on"),
    Room(name: "Diagnostics", imports: [], reason: "every room reports, so that what it imports would be imported by all"),
    Room(name: "FileTree", imports: [], reason: "the waist: neither AI context nor the operating system"),
    Room(name: "YAML", imports: ["CLibYAML", "Diagnostics"], reason: "one syntax, which knows no rule and no file"),
    Room(name: "TOML", imports: ["Diagnostics"], reason: "one syntax, which knows no rule and no file"),
    Room(name: "JSON", imports: ["Diagnostics"], reason: "one syntax, which knows no rule and no file"),
    Room(name: "Schemas", imports: ["JSON"], reason: "it says how keys and values are described, and knows none"),
    Room(name: "Globs", imports: [], reason: "patterns over text, which know no file"),
    Room(name: "Patterns", imports: [], reason: "patterns over bytes, which know no file"),
    Room(name: "TextDiff", imports: [], reason: "two texts and nothing else"),
    Room(name: "ContextModel", imports: ["Diagnostics", "FileTree"], reason: "artifacts must not know how they were spelled"),
    Room(
      name: "SettingsFiles", imports: ["ContextModel", "Diagnostics", "FileTree", "JSON", "TOML", "YAML"],
      reason: "it edits values in bytes that it is handed, and does not know what they configure"),
    Room(
      name: "ContextLoading", imports: ["ContextModel", "Diagnostics", "FileTree", "Schemas", "YAML"],
      reason: "it is handed a tree: it opens no file and knows no platform but by name"),
    Room(
      name: "Platforms", imports: ["ContextModel", "Diagnostics", "FileTree", "Globs", "Schemas", "YAML"],
      reason: "it says what there is, and renders nothing"),
    Room(
      name: "ProjectFile", imports: ["Diagnostics", "FileTree", "Schemas", "YAML"], reason: "it reads and edits one file, and acts on nothing of it"),
    Room(
      name: "Verifying", imports: ["ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Globs", "Patterns", "YAML"],
      reason: "it looks for what rules say, is handed the files, and knows no platform"),
    Room(
      name: "Auditing", imports: ["Diagnostics", "FileTree", "JSON", "Patterns", "TOML", "YAML"],
      reason: "it reads bytes that it is handed, whoever wrote them, and knows no platform"),
    Room(
      name: "Layout", imports: ["ContextModel", "Diagnostics", "FileTree", "Globs", "Platforms"], reason: "it chooses places: no bytes, no files"),
    Room(
      name: "Reading", imports: ["FileTree", "Globs", "Platforms"],
      reason: "it reads what is there, and must not know how a layout came about that it judges"),
    Room(
      name: "Formats",
      imports: [
        "ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Globs", "JSON", "Layout", "Platforms", "TOML",
        "YAML",
      ],
      reason: "it makes bytes of what was chosen and reads them back: no files"),
    Room(
      name: "Settings", imports: ["ContextModel", "Diagnostics", "FileTree", "Formats", "Platforms", "SettingsFiles"],
      reason: "it says what is to stand in settings, and edits no file"),
    Room(
      name: "Absorbing",
      imports: [
        "ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Formats", "Layout", "Platforms", "Settings", "SettingsFiles", "TextDiff",
        "YAML",
      ],
      reason: "it says which edit of a canonical file an edited output stands for, and writes nothing"),
    Room(
      name: "Importing",
      imports: [
        "Absorbing", "ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Formats", "Globs", "Layout", "Platforms", "Settings",
        "SettingsFiles", "SharedFiles", "TextDiff", "YAML",
      ], reason: "it says which canonical files stand for what it finds, and writes nothing"),
    Room(
      name: "Translating", imports: ["ContextLoading", "ContextModel", "Crypto", "Diagnostics", "YAML"],
      reason: "it compares two texts that are loaded, and writes nothing"),
    Room(
      name: "Linting",
      imports: ["ContextLoading", "ContextModel", "Diagnostics", "FileTree", "Formats", "Globs", "JSON", "Patterns", "Platforms", "Schemas", "YAML"],
      reason: "it says what is wrong with a tree and which bytes would put it right, and writes nothing"),
    Room(name: "LanguageServer", imports: ["Diagnostics", "JSON"], reason: "it speaks with editors, and does not know about what"),
    Room(name: "SharedFiles", imports: ["Diagnostics", "FileTree"], reason: "it finds and splices, and decides nothing"),
    Room(
      name: "Planning", imports: ["ContextModel", "Crypto", "Diagnostics", "FileTree", "SettingsFiles", "SharedFiles"],
      reason: "it plans files, whatever is in them, and values of settings, whatever they configure"),
    Room(name: "Applying", imports: ["Diagnostics", "FileTree", "Planning", "SharedFiles"], reason: "it carries out what was decided"),
    Room(
      name: "Disk", imports: ["CSystemCalls", "Darwin", "Diagnostics", "FileTree", "Glibc", "Musl", "SystemPackage"],
      reason: "the only room that meets the operating system, and it does not know what bytes mean"),
    Room(
      name: "Reporting", imports: ["Crypto", "Diagnostics"],
      reason: "it writes a page about names and numbers that it is handed, and knows no file, no platform and no layout"),
    Room(
      name: "Git", imports: ["Disk", "FileTree"], reason: "it asks one program, about a path or for a tree elsewhere, and does not know what for"),
    Room(
      name: "Commands",
      imports: [
        "Absorbing", "Applying", "ArgumentParser", "Auditing", "CShipped", "ContextLoading", "ContextModel", "Diagnostics", "Disk", "FileTree",
        "Formats", "Git", "Globs", "Importing", "JSON", "LanguageServer", "Layout", "Linting", "Planning", "Platforms", "ProjectFile", "Reading",
        "Reporting", "Schemas", "Settings", "SettingsFiles", "SharedFiles",
        "TextDiff", "Translating",
        "Verifying", "YAML",
      ], reason: "it joins all rooms, and meets the operating system through one of them"),
    Room(name: "aiwg", imports: ["Commands"], reason: "the way in, with no logic"),
  ]
}
