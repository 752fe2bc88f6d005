import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Work on as many threads as there are processors, four at most: what is done here waits for memory and the file system soon.
package struct ThreadLanes: Lanes {
  private let count: Int
  private let least: Int

  /// - Parameter least: fewer things than that are done one after the other, as a thread costs as much as a handful of small files.
  package init(least: Int = 17) {
    self.least = least
    count = min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  }

  /// Runs of neighbours go to one lane, which mostly finds the next file in the folder that it has open.
  package func forEach(below total: Int, _ work: @Sendable (Int) -> Void) {
    guard count > 1, total >= least else { return OneLane().forEach(below: total, work) }
    withoutActuallyEscaping(work) { work in
      let threads = (1..<count).map { lane in Thread { [count] in Self.run(lane, of: count, total, work) } }
      Self.run(0, of: count, total, work)
      for thread in threads { thread.join() }
    }
  }

  private static func run(_ lane: Int, of count: Int, _ total: Int, _ work: @Sendable (Int) -> Void) {
    // Short enough that no lane is left with the last long run while the others wait.
    let run = max(1, min(32, total / (4 * count)))
    for start in stride(from: lane * run, to: total, by: count * run) {
      for number in start..<min(start + run, total) { work(number) }
    }
  }
}

/// A thread that does one thing; when the system has none to give, the thing is done by who waits for it.
final class Thread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  #if canImport(Darwin)
    private var handle: pthread_t?
  #else
    private var handle = pthread_t()
  #endif
  private var undone: (@Sendable () -> Void)?

  init(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Darwin)
      let failed = pthread_create(
        &handle, nil,
        {
          Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run(); return nil
        }, body.toOpaque())
    #else
      let failed = pthread_create(
        &handle, nil,
        { argument in
          if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, body.toOpaque())
    #endif
    guard failed != 0 else { return }
    body.release()
    undone = run
  }

  func join() {
    if let undone { return undone() }
    #if canImport(Darwin)
      if let handle { pthread_join(handle, nil) }
    #else
      pthread_join(handle, nil)
    #endif
  }
}
