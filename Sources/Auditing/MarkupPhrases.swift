import Diagnostics

/// Text that a rendered view does not show, or shows outside of what is looked at.
enum MarkupPhrases {
  static let all: [Phrase] = [
    Phrase(
      .hiddenMarkup, .warning, .line, at: ["style=", "style ="],
      "<[a-z][a-z0-9]*[^>]*\\<style *= *[\"'][^\"']*(display *: *none|visibility *: *hidden|font-size *: *(0(\\.0+)?(px|pt|em|rem|%)?|1(px|pt))[;\"' ]|opacity *: *0(\\.0+)?[;\"' ]|color *: *(white|transparent|#fff(fff)?)[;\"' ]|(left|top|text-indent) *: *-[0-9]{3,})",
      "text that a rendered view does not show, and a model reads", help: "take the element out, or let it show"),
    Phrase(
      .hiddenMarkup, .warning, .line, at: [" hidden>", " hidden "],
      "<(div|span|p|section|template|details)( [^>]*)? hidden(=\"\"|=\"hidden\")?( [^>]*)?>",
      "text that a rendered view does not show, and a model reads", help: "take the element out, or let it show"),
    // What an editor reads in a remark of YAML and TOML.
    Phrase(
      .remoteSchema, .warning, .line, at: ["yaml-language-server", "#:schema"],
      "#( *yaml-language-server *: *\\$schema *=|:schema) *https?://[^[:space:]?]*\\?[^[:space:]]*", excuse: .none,
      "an editor fetches this address by itself, with all that is put behind the `?`",
      help: "name a schema without a query, or one in the repository"),
  ]
}
