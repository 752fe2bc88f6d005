import Diagnostics

/// Text that a rendered view does not show, or shows outside of what is looked at.
enum MarkupPhrases {
  static let all: [Phrase] = [
    Phrase(
      .hiddenMarkup, .warning, .line, at: ["style=", "style ="],
      "<[a-z][a-z0-9]*[^>]*\\<style *= *[\"'][^\"']*(display *: *none|visibility *: *hidden|font-size *: *[01](px|pt|em)?[;\"' ]|opacity *: *0(\\.0+)?[;\"' ]|color *: *(white|transparent|#fff(fff)?)[;\"' ]|(left|top|text-indent) *: *-[0-9]{3,})",
      "text that a rendered view does not show, and a model reads", help: "take the element out, or let it show"),
    Phrase(
      .hiddenMarkup, .warning, .line, at: [" hidden>", " hidden "],
      "<(div|span|p|section|template|details)( [^>]*)? hidden(=\"\"|=\"hidden\")?( [^>]*)?>",
      "text that a rendered view does not show, and a model reads", help: "take the element out, or let it show"),
  ]
}
