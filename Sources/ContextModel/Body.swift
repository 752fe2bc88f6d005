/// The Markdown under the frontmatter, with the spots that a platform may need spelled in another way.
package struct Body: Sendable {
  /// Verbatim, from the first byte after the frontmatter.
  package var bytes: [UInt8]
  /// What may name another file, in order, none overlapping.
  package var references: [Reference]
  /// What stands for the text that a user gives with a command or skill, in order, none overlapping with references or each other.
  package var arguments: [Argument]

  package init(bytes: [UInt8], references: [Reference] = [], arguments: [Argument] = []) {
    self.bytes = bytes
    self.references = references
    self.arguments = arguments
  }

  /// A path in the text that may name an artifact or a file beside it; outside of code blocks.
  package struct Reference: Hashable, Sendable {
    package enum Spelling: Hashable, Sendable {
      /// `](path)`: the range is that of the path.
      case link
      /// `@path`: the range is that of the whole, with its `@`.
      case mention
      /// A path alone in backticks: the range is that of the path.
      case code
    }

    package var spelling: Spelling
    package var range: Range<Int>
    /// Without `@` and without the fragment.
    package var path: String
    /// What follows `#`; nil when there is none.
    package var fragment: String?

    package init(_ spelling: Spelling, range: Range<Int>, path: String, fragment: String? = nil) {
      self.spelling = spelling
      self.range = range
      self.path = path
      self.fragment = fragment
    }
  }

  /// A spot where the user's text goes, or a dollar that only looks like one.
  package struct Argument: Hashable, Sendable {
    package enum Meaning: Hashable, Sendable {
      /// `$ARGUMENTS`
      case all
      /// `$1` or `$ARGUMENTS[0]`: the word at that position, counted from 1.
      case position(Int)
      /// A `$` before a digit that means itself: in code, or a price.
      case literal
    }

    package var meaning: Meaning
    package var range: Range<Int>

    package init(_ meaning: Meaning, range: Range<Int>) {
      self.meaning = meaning
      self.range = range
    }
  }
}
