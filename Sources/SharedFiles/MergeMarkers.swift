/// Whether a text has the three markers of an unfinished merge, each at the beginning of a line and in their order.
package func hasMergeMarkers(_ content: [UInt8]) -> Bool {
  var awaited = ["<<<<<<< ", "=======", ">>>>>>> "][...]
  for line in content.split(separator: UInt8.lineFeed) {
    guard let marker = awaited.first else { break }
    if line.starts(with: marker.utf8) { awaited.removeFirst() }
  }
  return awaited.isEmpty
}
