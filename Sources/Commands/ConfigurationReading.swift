import Diagnostics
import FileTree
import YAML

extension ReadableTree {
  /// A YAML file that people write, up to the size that is read of one; nil when it is absent.
  /// - Throws: `CommandFailure` when it is too large or cannot be read.
  func configuration(_ path: TreePath, shownAs prefix: String) throws(CommandFailure) -> SourceText? {
    let reading: LimitedReading
    do {
      reading = try read(path, atMost: YAMLLimits.configuration.bytes)
    } catch  where error.isAbsent {
      return nil
    } catch {
      throw CommandFailure(error, shownAs: prefix)
    }
    switch reading {
    case .bytes(let bytes): return SourceText(path: prefix + path.text, bytes: bytes)
    case .tooLarge(let size):
      throw CommandFailure(
        .invalid, "\(size) bytes are more than the \(YAMLLimits.configuration.bytes) that are read of such a file", id: "yaml/too-large",
        at: SourcePlace(path: prefix + path.text), help: "see how it grew, and take out what does not belong there")
    }
  }
}
