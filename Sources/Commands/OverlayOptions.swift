import ArgumentParser
import FileTree

/// What a command takes that only reads, and can leave out what one person adds.
struct OverlayOptions: ParsableArguments {
  @Flag(name: .customLong("no-overlay"), help: "Leave out aiwg.local.yaml and what came from it.")
  var isLeftOut = false

  /// - Parameter others: folders of other projects.
  func request(besides others: [TreePath]) -> Pipeline.Request {
    var request = Pipeline.Request()
    request.others = others
    request.leavesOutOverlay = isLeftOut
    return request
  }
}
