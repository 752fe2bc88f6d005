import FileTree
import Testing

@testable import Disk

struct ThreadLanesTests {
  @Test(arguments: [0, 1, 64, 65, 10_000])
  func resultsComeInTheOrderOfTheirNumbers(count: Int) {
    let results = ThreadLanes().map(below: count) { number in
      // Later numbers are quicker, so that a lane that gave its results in the order of their making would be seen.
      var text = ""
      for _ in 0..<((count - number) % 97) { text += "x" }
      return "\(number)\(text.isEmpty ? "" : "")"
    }
    #expect(results == (0..<count).map(String.init))
  }

  @Test func lanesAgree() {
    let one = OneLane().map(below: 500) { $0 * $0 }
    let many = ThreadLanes().map(below: 500) { $0 * $0 }
    #expect(one == many)
  }
}
