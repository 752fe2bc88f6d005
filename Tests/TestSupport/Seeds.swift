import Foundation

/// Whether laws are tried with as many cases as they were once proved with: `AIWG_LAWS=full` in the environment.
package let isLawFull = ProcessInfo.processInfo.environment["AIWG_LAWS"] == "full"

/// The seed of random cases: `AIWG_SEED` in the environment, another one each time in a full run, and else the same one always.
///
/// What a commit is judged by must not depend on luck; what luck finds is found by the full runs.
package func lawSeed() -> UInt64 {
  ProcessInfo.processInfo.environment["AIWG_SEED"].flatMap { UInt64($0) } ?? (isLawFull ? .random(in: 0..<1_000_000) : 1)
}
