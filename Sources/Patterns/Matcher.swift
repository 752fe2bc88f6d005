/// One run of a program over a line; made once and used for many lines, because it keeps its memory.
struct Matcher {
  /// A way through the program that is still open.
  private struct Thread {
    var step: Int
    var start: Int
    /// Where the last group began that was opened.
    var opened: Int
    /// The last one that was closed.
    var group: Range<Int>?
  }

  private let program: Program
  private var current: [Thread] = []
  private var following: [Thread] = []
  /// By step: the position for which it was reached last, counted from 1 over all runs.
  private var reached: [Int]
  private var clock = 0
  /// Ways that wait while another one is followed.
  private var open: [Thread] = []

  init(_ program: Program) {
    self.program = program
    reached = [Int](repeating: 0, count: program.steps.count)
  }

  /// The leftmost match; of those that begin there, the one whose alternatives come first.
  mutating func firstMatch(in line: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> LinePattern.Match? {
    current.removeAll(keepingCapacity: true)
    var found: LinePattern.Match?
    var position = start
    clock += 1
    while true {
      if found == nil, current.isEmpty {
        // Nothing is open, so that what cannot begin a match is passed over.
        while position < line.count, !program.first.contains(line[position]), !program.mayBeEmpty { position += 1 }
        // What was reached for the position where the last way ended says nothing about this one.
        clock += 1
      }
      if found == nil { add(Thread(step: 0, start: position, opened: position), at: position, in: line, isNext: false) }
      if current.isEmpty, found != nil || position >= line.count { return found }
      clock += 1
      following.removeAll(keepingCapacity: true)
      step: for thread in current {
        switch program.steps[thread.step] {
        case .found:
          found = LinePattern.Match(range: thread.start..<position, group: thread.group)
          // What comes later counts less.
          break step
        case .byte(let set) where position < line.count && set.contains(line[position]):
          var next = thread
          next.step += 1
          add(next, at: position + 1, in: line, isNext: true)
        default: continue
        }
      }
      swap(&current, &following)
      position += 1
      if position > line.count { return found }
    }
  }

  /// Follows a way until it needs a byte, or is at its end.
  ///
  /// - Parameter isNext: whether it goes on with the byte after this one.
  private mutating func add(_ thread: Thread, at position: Int, in line: UnsafeBufferPointer<UInt8>, isNext: Bool) {
    open.append(thread)
    while var thread = open.popLast() {
      guard reached[thread.step] != clock else { continue }
      reached[thread.step] = clock
      switch program.steps[thread.step] {
      case .byte, .found:
        if isNext { following.append(thread) } else { current.append(thread) }
        continue
      case .assertion(let assertion):
        guard assertion.holds(at: position, in: line) else { continue }
        thread.step += 1
      case .split(let first, let second):
        var other = thread
        other.step = second
        open.append(other)
        thread.step = first
      case .jump(let target): thread.step = target
      case .groupStart:
        thread.opened = position
        thread.step += 1
      case .groupEnd:
        thread.group = thread.opened..<position
        thread.step += 1
      }
      open.append(thread)
    }
  }
}

extension Expression.Assertion {
  fileprivate func holds(at position: Int, in line: UnsafeBufferPointer<UInt8>) -> Bool {
    let before = position > 0 && ByteSet.wordBytes.contains(line[position - 1])
    let after = position < line.count && ByteSet.wordBytes.contains(line[position])
    switch self {
    case .lineStart: return position == 0
    case .lineEnd: return position == line.count
    case .wordBoundary: return before != after
    case .insideWord: return before == after
    case .wordStart: return !before && after
    case .wordEnd: return before && !after
    }
  }
}
