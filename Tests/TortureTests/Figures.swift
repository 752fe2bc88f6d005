import Foundation
import TestSupport
import Testing

/// What a suite came to: how often something was tried, and what broke a promise.
final class Figures {
  private let suite: String
  private let name: String
  /// What is counted, in the plural.
  private let unit: String
  private let begin = Date()
  private(set) var count = 0
  private(set) var violations: [String] = []
  private var counts: [String: Int] = [:]

  init(_ suite: String, _ name: String, unit: String) {
    (self.suite, self.name, self.unit) = (suite, name, unit)
  }

  /// One more was tried.
  func tried(_ number: Int = 1) { count += number }

  /// Something that is no violation and worth a number.
  func note(_ what: String, _ number: Int = 1) { counts[what, default: 0] += number }

  func violation(_ text: String) { violations.append(text) }

  /// Prints and reports the figures, and fails the test on any violation.
  func report(sourceLocation: SourceLocation = #_sourceLocation) {
    let notes = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    reportFigures(suite, name, count: count, unit: unit, failures: violations.count, seconds: Date().timeIntervalSince(begin), notes: notes)
    for violation in violations.prefix(Torture.isFull ? 40 : 8) { print("  " + violation.replacingOccurrences(of: "\n", with: "\n  ")) }
    #expect(count > 0, "nothing was tried", sourceLocation: sourceLocation)
    let failures = violations.count
    #expect(failures == 0, "\(suite), \(name): of \(count) \(unit)", sourceLocation: sourceLocation)
  }
}
