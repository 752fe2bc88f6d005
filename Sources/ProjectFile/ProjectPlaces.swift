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

  /// Where a source says what it takes of the library.
  package func place(ofLibraryInSource index: Int) -> SourcePlace {
    library(inSource: index).map { source.place($0.range) } ?? place(of: "sources")
  }

  /// Where a source names a tag.
  package func place(ofTag tag: String, inSource index: Int) -> SourcePlace {
    let item = library(inSource: index)?["tags"]?.list?.first { $0.text == tag }
    return item.map { source.place($0.range) } ?? place(ofLibraryInSource: index)
  }

  private func library(inSource index: Int) -> YAMLNode? {
    guard let items = root?["sources"]?.list, items.indices.contains(index) else { return nil }
    return items[index]["library"]
  }
}
