/// Where in a file a finding is, with the line to show.
package struct SourcePlace: Hashable, Sendable {
  /// The path as the user would type it.
  package var path: String
  /// 1-based; nil when the finding is about the whole file.
  package var line: Int?
  /// 1-based, in characters as an editor counts them.
  package var column: Int?
  /// The text of the line, without its end.
  package var excerpt: String?
  /// How many characters the caret underlines; at least 1.
  package var width: Int
  /// Where the caret goes, from 1, when the excerpt is not the line as it is; nil when it goes below the column.
  package var excerptColumn: Int?

  package init(path: String, line: Int? = nil, column: Int? = nil, excerpt: String? = nil, width: Int = 1, excerptColumn: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.excerpt = excerpt
    self.width = max(1, width)
    self.excerptColumn = excerptColumn
  }
}
