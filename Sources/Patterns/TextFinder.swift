/// Finds many texts in one pass over bytes: the machine of Aho and Corasick, with a table for every state.
package struct TextFinder: Sendable {
  /// By byte: which column of the table it has; bytes that are in no text share the first.
  private var columns = [UInt8](repeating: 0, count: 256)
  private var width = 1
  /// The next state, by state and column.
  private var table: [Int32] = []
  /// By state: where its texts begin in `ends`, and how many there are.
  private var endings: [(start: Int32, count: Int32)] = []
  private var ends: [Int32] = []

  /// - Parameter texts: none of them empty; the finder speaks of them by their index.
  package init(_ texts: [[UInt8]]) {
    var used = 0
    for byte in Set(texts.joined()).sorted() where used < 255 {
      used += 1
      columns[Int(byte)] = UInt8(used)
    }
    width = used + 1
    var trie = [[Int32]](arrayLiteral: [Int32](repeating: -1, count: width))
    var found: [[Int32]] = [[]]
    for (number, text) in texts.enumerated() {
      var state = 0
      for byte in text {
        let column = Int(columns[Int(byte)])
        if trie[state][column] < 0 {
          trie[state][column] = Int32(trie.count)
          trie.append([Int32](repeating: -1, count: width))
          found.append([])
        }
        state = Int(trie[state][column])
      }
      found[state].append(Int32(number))
    }
    fill(&trie, &found)
    table = Array(trie.joined())
    for texts in found {
      endings.append((Int32(ends.count), Int32(texts.count)))
      ends += texts
    }
  }

  /// Where no text goes on, the longest end of what was read that begins another one does.
  private func fill(_ trie: inout [[Int32]], _ found: inout [[Int32]]) {
    var fallback = [Int](repeating: 0, count: trie.count)
    var queue: [Int] = []
    for column in 0..<width {
      if trie[0][column] < 0 { trie[0][column] = 0 } else { queue.append(Int(trie[0][column])) }
    }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      found[state] += found[fallback[state]]
      for column in 0..<width {
        let other = trie[fallback[state]][column]
        if trie[state][column] < 0 {
          trie[state][column] = other
        } else {
          fallback[Int(trie[state][column])] = Int(other)
          queue.append(Int(trie[state][column]))
        }
      }
    }
  }

  /// Calls back for each text that ends somewhere, with its index and the offset behind its last byte.
  package func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ text: Int, _ end: Int) -> Void) {
    guard !ends.isEmpty else { return }
    table.withUnsafeBufferPointer { table in
      columns.withUnsafeBufferPointer { columns in
        endings.withUnsafeBufferPointer { endings in
          var state = 0
          for index in bytes.indices {
            state = Int(table[state &* width &+ Int(columns[Int(bytes[index])])])
            let ending = endings[state]
            guard ending.count > 0 else { continue }
            for number in ending.start..<ending.start + ending.count { body(Int(ends[Int(number)]), index + 1) }
          }
        }
      }
    }
  }
}
