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

  /// Where a folder of other projects is named.
  package func place(ofProjects pattern: String) -> SourcePlace {
    let item = root?["projects"]?.list?.first { $0.text == pattern }
    return item.map { source.place($0.range) } ?? place(of: "projects")
  }

  /// Where the weight of a finding of lint is said.
  package func place(ofLint id: String) -> SourcePlace {
    let pair = root?["lint"]?.pairs?.first { $0.keyText == id }
    return pair.map { source.place($0.key.range) } ?? place(of: "lint")
  }

  /// Where the path of a source is named.
  package func place(ofSource path: String) -> SourcePlace {
    let item = root?["sources"]?.list?.compactMap { $0["path"] }.first { $0.text == path }
    return item.map { source.place($0.range) } ?? place(of: "sources")
  }

  /// Where a source says what it takes, by name or by tag.
  package func place(ofPicksInSource index: Int) -> SourcePlace {
    let item = item(ofSource: index)
    return (item?["library"] ?? item?["artifacts"] ?? item?["tags"]).map { source.place($0.range) } ?? place(ofSource: index)
  }

  /// Where a source names a tag.
  package func place(ofTag tag: String, inSource index: Int) -> SourcePlace {
    let item = item(ofSource: index)
    let named = (item?["library"]?["tags"] ?? item?["tags"])?.list?.first { $0.text == tag }
    return named.map { source.place($0.range) } ?? place(ofPicksInSource: index)
  }

  /// Where a source says something; where it begins when it does not.
  package func place(of key: String, inSource index: Int) -> SourcePlace {
    item(ofSource: index)?[key].map { source.place($0.range) } ?? place(ofSource: index)
  }

  /// Where a source says where it is.
  package func place(ofSource index: Int) -> SourcePlace {
    let item = item(ofSource: index)
    return (item?["git"] ?? item?["path"] ?? item?["library"]).map { source.place($0.range) } ?? place(of: "sources")
  }

  /// What a source leaves out because it had errors, as the remark says that is written with it.
  package func rejections(ofSource index: Int) -> [(name: String, place: SourcePlace)] {
    (item(ofSource: index)?["exclude"]?.list ?? []).compactMap { node in
      let rest = source.bytes[node.range.upperBound...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
      let words = String(decoding: rest, as: UTF8.self).split(separator: " ")
      let isRemark = words.count == 2 || words.count == 5 && words[2...3] == ["at", "line"]
      guard let name = node.text, isRemark, words[0] == "#", words[1].split(separator: "/").count == 2 else { return nil }
      return (name, source.place(node.range))
    }
  }

  private func item(ofSource index: Int) -> YAMLNode? {
    guard let items = root?["sources"]?.list, items.indices.contains(index) else { return nil }
    return items[index]
  }
}
