package import Diagnostics
package import YAML
package func headEdits(of source: SourceText, making changes: [HeadChange]) -> [ByteEdit]? { nil }
