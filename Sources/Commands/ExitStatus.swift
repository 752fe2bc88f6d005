import ArgumentParser

/// How a run ends, for scripts.
enum ExitStatus: Int32, Error, CaseIterable {
  case fine = 0
  /// Drift, or findings.
  case drift = 1
  /// The tree or the configuration is wrong.
  case invalid = 2
  /// Something of the user's is in the way; nothing was written.
  case blocked = 3
  /// The machine failed.
  case machine = 4
  /// Another run holds the lock.
  case locked = 5
  case usage = 64

  /// What the argument parser is told.
  var code: ExitCode { ExitCode(rawValue) }
}
