/// Who carries a plan out.
package struct Run: Sendable {
  /// Of the process, for whoever finds its journal.
  package var processID: Int32
  /// What the names of its temporary files beside outputs begin with, when there are any.
  package var token: String
  /// Whether the process was asked to end; what was begun is undone then.
  package var isInterrupted: @Sendable () -> Bool

  package init(
    processID: Int32 = 0, token: String = String(UInt64.random(in: 0...UInt64.max), radix: 36),
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.processID = processID
    self.token = token
    self.isInterrupted = isInterrupted
  }
}
