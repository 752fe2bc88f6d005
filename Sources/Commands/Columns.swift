/// Rows of cells as lines, the columns one below the other.
func columns(_ rows: [[String]], margin: String = "") -> String {
  var widths: [Int] = []
  for row in rows {
    for (column, cell) in row.enumerated() {
      if column == widths.count { widths.append(0) }
      widths[column] = max(widths[column], cell.count)
    }
  }
  return rows.map { row in
    let cells = row.enumerated().map { column, cell in
      column + 1 < row.count ? cell + String(repeating: " ", count: widths[column] - cell.count) : cell
    }
    var line = margin + cells.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }.joined()
}
