import Disk
import Foundation
import Testing

/// Real programs, the shell mostly.
struct ProgramRunTests {
  private static let environment = ["PATH": "/usr/bin:/bin"]

  private func shell(
    _ script: String, in folder: String? = nil, environment: [String: String] = Self.environment, input: [UInt8] = [], mostOutput: Int = 1 << 24,
    seconds: Double = 20
  ) throws -> ProgramRun.Result {
    let run = ProgramRun("sh", ["-c", script], in: folder, environment: environment, input: input, mostOutput: mostOutput, seconds: seconds)
    return try run.result()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func tellsBothStreamsAndTheCode() throws {
    let result = try shell("echo out; echo err >&2; exit 3")
    #expect(result.ending == .exited(3))
    #expect((text(result.output), text(result.errors)) == ("out\n", "err\n"))
    #expect(try shell("kill -9 $$").ending == .signalled(9))
    #expect(try shell("").ending == .exited(0))
  }

  @Test func argumentsComeThroughUnchanged() throws {
    let words = ["a b", "", "$HOME", "-n", "é\n\"'", "*"]
    let run = ProgramRun("printf", ["%s|"] + words, environment: Self.environment, mostOutput: 1000, seconds: 20)
    #expect(try text(run.result().output) == words.joined(separator: "|") + "|")
  }

  @Test func nothingOfTheEnvironmentLeaksIn() throws {
    let run = ProgramRun("env", [], environment: ["PATH": "/usr/bin:/bin", "A": "b=c d"], mostOutput: 1000, seconds: 20)
    #expect(try text(run.result().output).split(separator: "\n").sorted() == ["A=b=c d", "PATH=/usr/bin:/bin"])
  }

  @Test func runsInAFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try text(shell("pwd -P", in: folder.path).output).hasSuffix(folder.path.split(separator: "/").last.map { "\($0)\n" } ?? "?"))
    #expect(throws: ProgramError.self) { try shell("pwd", in: folder.path + "/none") }
  }

  @Test func neitherSideWaitsForAFullPipe() throws {
    let input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(try shell("cat", input: input).output == input)
    let loud = try shell("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2")
    #expect((loud.ending, loud.output.count, loud.errors.count) == (.exited(0), 1_000_000, 1 << 16))
  }

  @Test func aProgramMayLeaveItsInputUnread() throws {
    let input = [UInt8](repeating: 1, count: 1_000_000)
    #expect(try shell("exit 4", input: input).ending == .exited(4))
    #expect(try shell("exec <&-; echo x", input: input).output == Array("x\n".utf8))
    #expect(try shell("cat").output == [])
  }

  @Test func itIsEndedWithWhatItStartedWhenTheCallerSaysSo() throws {
    var questions = 0
    let run = ProgramRun(
      "sh", ["-c", "trap '' TERM; sh -c 'echo $$; exec sleep 60' & wait; sleep 60"], environment: Self.environment, mostOutput: 1000, seconds: 30)
    let result = try run.result {
      questions += 1
      return questions > 5
    }
    #expect(result.ending == .stopped)
    let started = text(result.output).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(!started.isEmpty)
    // One that has ended may be waited for by nobody.
    let state = try text(shell("ps -o stat= -p \(started)").output)
    #expect(state.isEmpty || state.hasPrefix("Z"), "\(state)")
  }

  @Test func outputHasALimit() throws {
    let cut = try shell("printf abc; cat /dev/zero", mostOutput: 100_000)
    #expect((cut.ending, cut.output.count, text(Array(cut.output.prefix(3)))) == (.tooMuchOutput, 100_000, "abc"))
    #expect(try shell("printf abc", mostOutput: 3).ending == .exited(0))
    let over = try shell("printf abcd", mostOutput: 3)
    #expect((over.ending, text(over.output)) == (.tooMuchOutput, "abc"))
    #expect(try shell("printf a; sleep 0.1; printf bc; sleep 0.1; printf d", mostOutput: 3).ending == .tooMuchOutput)
  }

  @Test(arguments: ["echo x; exec sleep 30", "echo x; exec >&- 2>&-; exec sleep 30", "echo x; while :; do :; done"])
  func timeHasALimit(_ script: String) throws {
    let start = ContinuousClock.now
    let result = try shell(script, seconds: 2)
    #expect((result.ending, text(result.output), text(result.errors)) == (.outOfTime, "x\n", ""))
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func nothingStaysBehind() throws {
    for (script, seconds) in [("echo $$", 20.0), ("echo $$; exec sleep 30", 2.0), ("echo $$; kill -9 $$", 20.0)] {
      let process = try #require(Int32(text(shell(script, seconds: seconds).output).dropLast()))
      #expect(kill(process, 0) == -1 && errno == ESRCH)
    }
    let before = openDescriptors
    for _ in 0..<100 {
      _ = try shell("cat", input: [1])
      _ = try? shell("", in: "/none")
    }
    // Other tests open and close some meanwhile.
    #expect(openDescriptors < before + 100)
  }

  private var openDescriptors: Int { (0..<1024).count { fcntl(Int32($0), F_GETFD) != -1 } }

  @Test func aChildHasTheUsualSignalsAndNoPipesOfOurs() throws {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    #expect(try shell("kill -PIPE $$").ending == .signalled(SIGPIPE))
    #expect(try shell("kill -TERM $$").ending == .signalled(SIGTERM))
    #if os(Linux)
      // Whatever else the tests were started with; the other ends of its own pipes would keep it from ever seeing their end.
      let streams = try text(shell("for n in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do readlink /proc/self/fd/$n; done", input: [1]).output).split(
        separator: "\n")
      #expect(streams.count { $0.hasPrefix("pipe:") && streams.prefix(3).contains($0) } == 3)
    #endif
  }

  @Test func whatIsNotThereIsAnError() throws {
    let folder = try TemporaryFolder()
    for name in ["no-such-program", "", "../bin/sh", "/bin/sh"] {
      let run = ProgramRun(name, [], environment: Self.environment, mostOutput: 10, seconds: 5)
      #expect { try run.result() } throws: { ($0 as? ProgramError)?.isAbsent == true }
    }
    // A program of the folder itself is not meant, whatever PATH says.
    try makeTool(in: folder, "#!/bin/sh\\necho mine\\n")
    for path in [".", "", ":", String(repeating: "../", count: 40) + folder.path] {
      let run = ProgramRun("tool", [], in: folder.path, environment: ["PATH": path], mostOutput: 10, seconds: 5)
      #expect(throws: ProgramError.self) { try run.result() }
    }
    let run = ProgramRun("tool", [], environment: ["PATH": "/none:" + folder.path], mostOutput: 10, seconds: 5)
    #expect(try text(run.result().output) == "mine\n")
    #expect(throws: ProgramError.self) { try shell("echo a\0b") }
  }

  /// Written by another process: a file that this one has open for writing, in a child that is just being started as well, cannot be run.
  private func makeTool(in folder: TemporaryFolder, _ text: String) throws {
    #expect(try shell("printf '\(text)' > tool && chmod 755 tool", in: folder.path).ending == .exited(0))
  }

  @Test func whatCannotBeRunSaysWhy() throws {
    let folder = try TemporaryFolder()
    try makeTool(in: folder, "#!/none/there\\n")
    let run = ProgramRun("tool", [], environment: ["PATH": folder.path], mostOutput: 10, seconds: 5)
    #expect { try run.result() } throws: {
      let error = $0 as? ProgramError
      return error?.program == "tool" && error?.reason == "No such file or directory" && error?.isAbsent == false
    }
  }
}
