import Disk
import FileTree
import Foundation
import Testing

struct RunLockTests {
  private let folder: TemporaryFolder
  private let tree: DiskTree

  init() throws {
    folder = try TemporaryFolder()
    tree = try DiskTree(root: folder.path)
  }

  @Test func readersAreTogetherAndAWriterIsAlone() throws {
    let (first, second, writer) = (try RunLock(on: tree), try RunLock(on: tree), try RunLock(on: tree))
    #expect(first.attempt(.reading) == .taken)
    #expect(second.attempt(.reading) == .taken)
    guard case .busy = writer.attempt(.writing) else {
      Issue.record("a writer came in among readers")
      return
    }
  }

  @Test func aWriterKeepsOthersOutUntilItGoes() throws {
    let others = try RunLock(on: tree)
    do {
      let writer = try RunLock(on: tree)
      #expect(writer.attempt(.writing) == .taken)
      for mode in [RunLock.Mode.reading, .writing] {
        #if os(Linux)
          #expect(others.attempt(mode) == .busy(by: getpid()))
        #else
          #expect(others.attempt(mode) == .busy(by: nil))
        #endif
      }
    }
    #expect(others.attempt(.writing) == .taken)
  }

  @Test func itLeavesNoTrace() throws {
    let lock = try RunLock(on: tree)
    _ = lock.attempt(.writing)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
