import Schemas

extension OutputSchemas {
  static let doctor = output(
    of: "doctor", "What is wrong with the installation and the repository.",
    [
      [
        key("errors", "How many there are.", count), key("warnings", "How many there are.", count),
        key(
          "checks", "All that was looked at.",
          list([
            key("id", "What it is, for good: `area/what`.", .string(pattern: "^[a-z-]+/")),
            key("standing", "How it stands.", .words(of: Checkup.Standing.self)), key("message", "What was found.", .string()),
            key("path", "The file.", .string().orNothing), key("line", "From 1.", line), key("notes", "What else there is to say.", strings),
            key("help", "What to do about it.", .string().orNothing),
          ])),
      ]
    ], coversProjects: true)
}
