import Diagnostics
import FileTree
import Planning
import Testing

/// Every row of the decision table, and the rows that follow from run bits and from the lock being only a claim.
struct DecisionTests {
  static let a = Digest(of: [1])
  static let b = Digest(of: [2])
  static let c = Digest(of: [3])
  static let place = TreePath(known: "x")
  static let problem = Diagnostic(.error, "block/no-end", "no end")

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var recorded: Digest?
    var observed: Standing
    var desired: Wanted?
    var isPlaceable = true
    var expected: Decision
    var testDescription: String { name }
  }

  static func file(_ digest: Digest, run: Bool = false) -> Standing { .present(digest, isExecutable: run) }
  static func want(_ digest: Digest, run: Bool = false) -> Wanted { Wanted(digest, isExecutable: run) }

  static let rows: [Row] = [
    Row(name: "– absent d", observed: .absent, desired: want(a), expected: .create),
    Row(name: "– =d d", observed: file(a), desired: want(a), expected: .adopt),
    Row(name: "– other d", observed: file(b), desired: want(a), expected: .conflict(.foreign)),
    Row(name: "r =r =r", recorded: a, observed: file(a), desired: want(a), expected: .keep),
    Row(name: "r =r ≠r", recorded: a, observed: file(a), desired: want(b), expected: .update),
    Row(name: "r absent d", recorded: a, observed: .absent, desired: want(b), expected: .restore),
    Row(name: "r ≠r =observed", recorded: a, observed: file(b), desired: want(b), expected: .adopt),
    Row(name: "r ≠r =r", recorded: a, observed: file(b), desired: want(a), expected: .conflict(.edited)),
    Row(name: "r ≠r ≠both", recorded: a, observed: file(b), desired: want(c), expected: .conflict(.bothChanged)),
    Row(name: "r =r –", recorded: a, observed: file(a), expected: .delete),
    Row(name: "r =r –, never placed", recorded: a, observed: file(a), isPlaceable: false, expected: .conflict(.notOurs)),
    Row(name: "r ≠r –", recorded: a, observed: file(b), expected: .conflict(.editedUnwanted)),
    Row(name: "r ≠r –, never placed", recorded: a, observed: file(b), isPlaceable: false, expected: .conflict(.notOurs)),
    Row(name: "r absent –", recorded: a, observed: .absent, expected: .forget),
    Row(name: "r absent –, never placed", recorded: a, observed: .absent, isPlaceable: false, expected: .forget),
    Row(name: "– symlink d", observed: .notAFile(.symlink, at: place), desired: want(a), expected: .conflict(.notAFile(.symlink, at: place))),
    Row(
      name: "r folder d", recorded: a, observed: .notAFile(.directory, at: place), desired: want(a),
      expected: .conflict(.notAFile(.directory, at: place))),
    Row(name: "r device –", recorded: a, observed: .notAFile(.other, at: place), expected: .conflict(.notAFile(.other, at: place))),
    Row(name: "r symlink –, never placed", recorded: a, observed: .notAFile(.symlink, at: place), isPlaceable: false, expected: .conflict(.notOurs)),
    Row(name: "run bit lost", recorded: a, observed: file(a), desired: want(a, run: true), expected: .update),
    Row(name: "run bit gained", recorded: a, observed: file(a, run: true), desired: want(a), expected: .update),
    Row(name: "run bit of an edited file", recorded: a, observed: file(b, run: true), desired: want(a), expected: .conflict(.edited)),
    Row(name: "block =r =r", recorded: a, observed: .present(a, isExecutable: nil), desired: Wanted(a), expected: .keep),
    Row(name: "block damaged d", recorded: a, observed: .damaged([problem]), desired: Wanted(a), expected: .conflict(.damagedBlock([problem]))),
    Row(name: "block damaged –", recorded: a, observed: .damaged([problem]), expected: .conflict(.damagedBlock([problem]))),
  ]

  @Test(arguments: rows)
  func row(_ row: Row) {
    #expect(decide(recorded: row.recorded, observed: row.observed, desired: row.desired, isPlaceable: row.isPlaceable) == row.expected)
  }
}
