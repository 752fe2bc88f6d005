import ContextModel
import TestSupport
import Testing

/// An edit after which more is allowed is told from one after which less is.
struct LoosenedTests {
  @Test func nothingMoreIsAllowedUntold() {
    var random = SeededGenerator(seed: lawSeed())
    var (looser, tighter) = (0, 0)
    var failures: [String] = []
    for _ in 0..<(isLawFull ? 20_000 : 3_000) {
      let old = somePermissions(&random)
      var new = old
      let place = Int.random(in: 0..<old.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: new.remove(at: place)
      case 1: new[place].decision = Permission.Decision.allCases.randomElement(using: &random) ?? .deny
      case 2: new[place].text = someText(new[place].subject, &random)
      default: new += somePermissions(&random)
      }
      let told = new.loosened(from: old)
      let (before, after) = (Canonical(permissions: old), Canonical(permissions: new))
      var isLooser = false
      for _ in 0..<40 {
        let action = someAction(&random)
        if rank(after.verdict(action)) > rank(before.verdict(action)) { isLooser = true }
        if isLooser, told.isEmpty { failures.append("\(action): \(old) to \(new)") }
        if isLooser { break }
      }
      if isLooser { looser += 1 }
      if told.isEmpty, new != old { tighter += 1 }
    }
    #expect(failures.isEmpty, "\(failures.prefix(3))")
    #expect(looser > 200 && tighter > 200, "\(looser) looser, \(tighter) not")
  }

  @Test(arguments: [
    ("git *", "git push *", true), ("git *", "git", true), ("git push *", "git *", false), ("*", "make", true), ("git", "gitk", false),
    ("git", "git *", false),
  ])
  func commandsCover(_ one: String, _ other: String, _ covers: Bool) {
    #expect(Permission(.allow, .shell, one).covers(Permission(.allow, .shell, other)) == covers)
  }

  @Test(arguments: [
    ("src", "src/a", true), ("src/**", "src/a", true), ("src/**", "src", false), ("**", ".env", true), ("s*", "src", false), ("src", "srcs", false),
    ("src", "src/**", true),
  ])
  func pathsCover(_ one: String, _ other: String, _ covers: Bool) {
    #expect(Permission(.allow, .read, one).covers(Permission(.allow, .read, other)) == covers)
  }

  /// How much is allowed; what nothing fits may be allowed by the platform.
  private func rank(_ decision: Permission.Decision?) -> Int {
    switch decision {
    case .deny?: 0
    case .ask?: 1
    case nil: 2
    case .allow?: 3
    }
  }
}
