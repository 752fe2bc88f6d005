import Foundation

/// Prints what was tried and what failed, and adds it as a line of JSON to the file that `AIWG_TORTURE_REPORT` names.
///
/// The keys keep their order: the script that makes a table of the lines relies on it.
package func reportFigures(_ suite: String, _ name: String, count: Int, unit: String, failures: Int, seconds: Double = 0, notes: String = "") {
  let seconds = String(format: "%.1f", seconds)
  print("torture: \(suite), \(name): \(count) \(unit), \(failures) failures, \(seconds) s\(notes.isEmpty ? "" : " (\(notes))")")
  guard let path = ProcessInfo.processInfo.environment["AIWG_TORTURE_REPORT"], let file = fopen(path, "a") else { return }
  let line =
    #"{"suite":"\#(suite)","case":"\#(name)","count":\#(count),"unit":"\#(unit)","failures":\#(failures),"seconds":\#(seconds),"notes":"\#(notes)"}"#
  fputs(line + "\n", file)
  fclose(file)
}
