import Foundation
import TestSupport
import Testing

/// The suites that run the real binary where machines fail, people interfere and others attack.
///
/// One after the other: each of them keeps all processors busy. `AIWG_TORTURE=full` runs them in full, otherwise in a short form.
@Suite(.serialized, .enabled(if: Shim.shared != nil, "no C compiler, `clang` or `cc`, on PATH: nothing can go wrong without the shim"))
enum Torture {
  /// Whether the suites run in full.
  static let isFull = ProcessInfo.processInfo.environment["AIWG_TORTURE"] == "full"

  /// One of two sizes.
  static func size<Value>(short: Value, full: Value) -> Value { isFull ? full : short }

  /// Runs a line of shell; false when it fails.
  static func shell(_ line: String) throws -> Bool {
    try Program.run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], in: URL(fileURLWithPath: "/")).status == 0
  }
}

/// A C library that stands between aiwg and the system; Tests/TortureTests/Shim/shim.c says what it can do.
final class Shim: Sendable {
  /// Compiled once a run; nil without a compiler.
  static let shared: Shim? = try? Shim()

  private let folder: TemporaryFolder

  /// What goes into LD_PRELOAD.
  var path: String { folder.url.appendingPathComponent("shim.so").path }

  private init() throws {
    folder = try TemporaryFolder()
    let source = checkoutRoot().appendingPathComponent("Tests/TortureTests/Shim/shim.c").path
    let build = "c=$(command -v clang || command -v cc) && exec \"$c\" -O1 -shared -fPIC -o shim.so '\(source)' -ldl"
    let built = try Program.run(URL(fileURLWithPath: "/bin/sh"), ["-c", build], in: folder.url)
    guard built.status == 0 else { throw SetupError("the shim does not compile: \(built.errors)") }
  }
}

/// What the shim does, and where.
struct Trouble: Sendable {
  enum Act: Sendable {
    case kill
    case fail(Int32)
    /// Writes do half of what they are asked for.
    case short
    /// A signal that the process sends itself.
    case raise(Int32)
    /// The process stops, and goes on when it is told to.
    case stop
    /// Two entries change places.
    case exchange(String, String)
    /// An editor adds a line: by a rename (`save`), at the end (`append`), or in place (`rewrite`).
    case edit(String, path: String, line: String)
  }

  var act: Act
  /// Before this operation, counted from 1.
  var at: Int
  /// And before all later ones.
  var isSticky = false
  /// The operations that count: w(rites), s(yncs), c(loses), l(ocks), r(eads).
  var classes = "wscl"

  var environment: [String: String] {
    var out = ["TORTURE_AT": String(at), "TORTURE_CLASSES": classes]
    if isSticky { out["TORTURE_STICKY"] = "1" }
    switch act {
    case .kill: out["TORTURE_ACT"] = "kill"
    case .fail(let number): (out["TORTURE_ACT"], out["TORTURE_NUMBER"]) = ("fail", String(number))
    case .short: out["TORTURE_ACT"] = "short"
    case .raise(let number): (out["TORTURE_ACT"], out["TORTURE_NUMBER"]) = ("raise", String(number))
    case .stop: out["TORTURE_ACT"] = "stop"
    case .exchange(let first, let second):
      (out["TORTURE_ACT"], out["TORTURE_FIRST"], out["TORTURE_SECOND"]) = ("exchange", first, second)
    case .edit(let how, let path, let line): (out["TORTURE_ACT"], out["TORTURE_FIRST"], out["TORTURE_SECOND"]) = (how, path, line)
    }
    return out
  }
}

/// One operation that the shim wrote down.
struct Operation: CustomStringConvertible {
  /// As in `Trouble.classes`.
  var kind: Character
  var name: String
  /// Relative to the root; empty for the root itself.
  var path: String
  /// Where a rename or a link leads.
  var second: String
  /// 0 when it was done.
  var error: Int32

  var description: String { "\(name) \(path)\(second.isEmpty ? "" : " -> " + second)\(error == 0 ? "" : " (errno \(error))")" }

  /// Whether it counts for `classes`.
  func counts(in classes: String) -> Bool { classes.contains(kind) }

  init?(_ line: Substring, root: String) {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard parts.count == 5, let kind = parts[0].first, let error = Int32(parts[4]) else { return nil }
    self.kind = kind
    name = String(parts[1])
    let relative = { (path: Substring) in path.hasPrefix(root) ? String(path.dropFirst(root.count).drop { $0 == "/" }) : String(path) }
    (path, second) = (relative(parts[2]), relative(parts[3]))
    self.error = error
  }
}
