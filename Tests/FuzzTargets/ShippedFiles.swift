import CShipped
import Diagnostics
import Platforms

/// The files that are compiled into aiwg: the first seeds of everything.
enum ShippedFiles {
  /// Those whose path ends so.
  static func ending(in suffix: String) -> [[UInt8]] {
    (0..<Int(aiwg_shipped_count)).compactMap { index in
      let file = aiwg_shipped_files[index]
      guard String(cString: file.path).hasSuffix(suffix) else { return nil }
      return Array(UnsafeRawBufferPointer(start: file.bytes, count: Int(file.size)))
    }
  }

  /// What platforms.yaml says.
  static let catalog: PlatformCatalog = {
    var findings: [Diagnostic] = []
    let source = SourceText(path: "platforms.yaml", bytes: ending(in: "platforms.yaml").first ?? [])
    guard let catalog = decodePlatforms(source, diagnostics: &findings) else { fatalError("the shipped platforms.yaml is wrong") }
    return catalog
  }()
}
