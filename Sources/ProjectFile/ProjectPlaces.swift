package import Diagnostics
import YAML

extension ProjectFile {
  /// Where the value of a top-level key stands; the file as a whole when it is not there.
  package func place(of key: String) -> SourcePlace {
    root?[key].map { source.place($0.range) } ?? source.whole
  }

  /// Where a platform is named.
  package func place(ofPlatform name: String) -> SourcePlace {
    let item = root?["platforms"]?.list?.first { $0.text == name }
    return item.map { source.place($0.range) } ?? place(of: "platforms")
  }

  /// Where the path of a source is named.
  package func place(ofSource path: String) -> SourcePlace {
    let item = root?["sources"]?.list?.compactMap { $0["path"] }.first { $0.text == path }
    return item.map { source.place($0.range) } ?? place(of: "sources")
  }
}
