import Foundation
import FuzzTargets

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ feed: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target that this process feeds; a callback of C can carry nothing along.
nonisolated(unsafe) private var chosen: FuzzTarget?

/// `Fuzz TARGET [OPTION…] [FOLDER…]`: options and folders are those of libFuzzer.
///
/// `Fuzz list` prints the targets; `Fuzz seeds FOLDER` writes what each begins with, and its words, into the folder.
@_cdecl("Fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  let words = (0..<Int(count)).compactMap { arguments[$0].map { String(cString: $0) } }
  if words.count == 2, words[1] == "list" {
    print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
    return 0
  }
  if words.count == 3, words[1] == "seeds" { return writeSeeds(words[2]) }
  guard words.count > 1, let target = FuzzTarget.all.first(where: { $0.name == words[1] }) else {
    print("usage: Fuzz TARGET [OPTION…] [FOLDER…] | Fuzz list | Fuzz seeds FOLDER")
    return 64
  }
  chosen = target
  // The name of the target is no argument of libFuzzer's.
  for index in 1..<Int(count) - 1 { arguments[index] = arguments[index + 1] }
  arguments[Int(count) - 1] = nil
  var rest = count - 1
  return arguments.withMemoryRebound(to: UnsafeMutablePointer<CChar>?.self, capacity: Int(count)) { pointer in
    var pointer = unsafeBitCast(pointer, to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self)
    return runDriver(&rest, &pointer) { bytes, size in
      feed(Array(UnsafeBufferPointer(start: bytes, count: size)))
      return 0
    }
  }
}

private func feed(_ bytes: [UInt8]) {
  do {
    try chosen?.check(bytes)
  } catch {
    fatalError("\(error)")
  }
}

private func writeSeeds(_ folder: String) -> CInt {
  let root = URL(fileURLWithPath: folder)
  do {
    for target in FuzzTarget.all {
      let place = root.appendingPathComponent(target.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (number, seed) in target.seeds().enumerated() { try Data(seed).write(to: place.appendingPathComponent("seed-\(number)")) }
      let words = target.words.map { word in "\"" + word.utf8.map { "\\x" + String(Int($0) + 0x100, radix: 16).suffix(2) }.joined() + "\"\n" }
      try Data(words.joined().utf8).write(to: root.appendingPathComponent(target.name + ".dict"))
    }
    return 0
  } catch {
    print("cannot write \(folder): \(error)")
    return 4
  }
}
