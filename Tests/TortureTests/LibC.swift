import Foundation
import TestSupport

/// Functions of the C library that its Swift module leaves out.
enum LibC {
  private typealias ChangeFolder = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
  private typealias Search = @convention(c) (UnsafeRawPointer, Int, UnsafeRawPointer, Int) -> UnsafeRawPointer?
  private typealias Rename = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  private static let changeFolder = function("posix_spawn_file_actions_addchdir_np", ChangeFolder.self)
  private static let search = function("memmem", Search.self)
  private static let rename = function("renameat2", Rename.self)

  private static func function<Function>(_ name: String, _ type: Function.Type) -> Function {
    guard let symbol = dlsym(nil, name) else { fatalError("the C library has no \(name)") }
    return unsafeBitCast(symbol, to: type)
  }

  /// Lets a process that will be spawned begin in a folder.
  static func begin(_ actions: inout posix_spawn_file_actions_t, in folder: String) { _ = changeFolder(&actions, folder) }

  /// Whether bytes hold others.
  static func holds(_ bytes: [UInt8], _ sought: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      sought.withUnsafeBytes { sought in
        guard let start = bytes.baseAddress, let first = sought.baseAddress else { return sought.isEmpty }
        return search(start, bytes.count, first, sought.count) != nil
      }
    }
  }

  /// Lets two entries change places, at one moment.
  static func exchange(_ first: String, _ second: String) -> Bool { rename(AT_FDCWD, first, AT_FDCWD, second, 2) == 0 }
}
