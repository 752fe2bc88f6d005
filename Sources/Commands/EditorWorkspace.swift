import Diagnostics
import Disk
import FileTree
import JSON
import LanguageServer
import Linting

/// The repositories that an editor works in, with its unsaved documents on top of the disk.
struct EditorWorkspace {
  private let options: CommonOptions
  /// By path from the root.
  private(set) var documents: [String: OpenDocument] = [:]
  /// Folders from the root that the editor has open.
  private var folders: [String] = []
  /// By path of the file: what was found last.
  private(set) var findings: [String: [LintFinding]] = [:]

  init(options: CommonOptions) { self.options = options }

  /// Takes what the editor says of itself.
  mutating func open(_ parameters: JSONNode?) {
    let addresses = parameters?["workspaceFolders"]?.list?.compactMap { $0.value["uri"]?.text } ?? []
    folders = (addresses.isEmpty ? [parameters?["rootUri"]?.text].compactMap(\.self) : addresses).compactMap(path(ofAddress:)).map(normalized)
    if folders.isEmpty, let here = Machine.workingDirectory { folders = [normalized(here)] }
  }

  /// Takes what became of a document.
  mutating func take(_ message: EditorMessage) {
    let document = message.parameters?["textDocument"]
    guard let path = document?["uri"]?.text.flatMap(path(ofAddress:)).map(normalized) else { return }
    switch message.method {
    case "textDocument/didOpen": documents[path] = OpenDocument(document?["text"]?.text ?? "", version: document?["version"]?.integer)
    case "textDocument/didChange":
      var open = documents[path]
      // What cannot be followed is read from the disk again, when it is saved.
      let isFollowed = open?.take(message.parameters?["contentChanges"], version: document?["version"]?.integer) ?? false
      documents[path] = isFollowed ? open : nil
    case "textDocument/didClose": documents[path] = nil
    default: break
    }
  }

  /// The document and the place in it that a request is about.
  func spot(_ parameters: JSONNode?) -> EditorSpot? {
    guard let path = parameters?["textDocument"]?["uri"]?.text.flatMap(path(ofAddress:)).map(normalized),
      let bytes = bytes(of: path)
    else { return nil }
    let position = TextPosition(parameters?["position"]) ?? TextPosition(line: 0, character: 0)
    return EditorSpot(path: path, bytes: bytes, offset: bytes.offset(of: position))
  }

  /// A document as the editor has it, else as it is on the disk.
  func bytes(of path: String) -> [UInt8]? {
    if let open = documents[path] { return open.bytes }
    guard let slash = path.lastIndex(of: "/"), let name = TreePath(String(path[path.index(after: slash)...])),
      let tree = try? DiskTree(root: slash == path.startIndex ? "/" : String(path[..<slash])),
      case .bytes(let bytes)? = try? tree.read(name, atMost: 16 << 20)
    else { return nil }
    return bytes
  }

  /// Finds the project that a file belongs to, and does something with it; nil when there is none, and when it cannot be read.
  func project<Result>(of path: String, _ work: (EditorProject) throws -> Result) -> Result? {
    var own = options
    own.directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    guard Machine.hasFolder(own.directory ?? "") else { return nil }
    do {
      let repository = try Repository.find(own, to: .reading)
      var files: [TreePath: OverlaidTree.File] = [:]
      let prefix = repository.root == "/" ? "/" : repository.root + "/"
      for (path, document) in documents where path.hasPrefix(prefix) {
        if let inside = TreePath(String(path.dropFirst(prefix.count))) { files[inside] = OverlaidTree.File(document.bytes) }
      }
      // Messages have paths from the root then, which is how editors name files.
      own.directory = repository.root
      return try work(EditorProject(repository: try Repository.find(own, to: .reading), options: own, files: files))
    } catch {
      return nil
    }
  }

  /// Looks at all projects that are open; by address, what was found there.
  mutating func look() -> [String: [JSONValue]] {
    var roots: Set<String> = []
    findings = [:]
    for folder in folders + documents.keys.compactMap({ path in path.lastIndex(of: "/").map { String(path[..<$0]) } }).sorted() {
      guard let root = project(of: folder + "/.", { $0.repository.root }), roots.insert(root).inserted else { continue }
      for finding in project(of: root + "/.", { $0.findings }) ?? [] {
        guard let place = finding.diagnostic.place, let absolute = try? absolutePath(place.path) else { continue }
        findings[normalized(absolute), default: []].append(finding)
      }
    }
    // An editor that has a document open hears that nothing was found, too.
    let open = documents.keys.map { (address(ofPath: $0), [JSONValue]()) }
    let found = findings.map { (address(ofPath: $0.key), $0.value.map(\.diagnostic.forEditors)) }
    return Dictionary(open + found) { $1 }
  }
}

/// A place in a document.
struct EditorSpot {
  /// From the root.
  var path: String
  var bytes: [UInt8]
  /// In bytes.
  var offset: Int

  /// The line up to the place.
  var before: String {
    let start = (bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// The line, counted from 0.
  var line: Int { bytes[..<offset].count { $0 == UInt8(ascii: "\n") } }
}

/// A repository as an editor sees it.
struct EditorProject {
  let repository: Repository
  let options: CommonOptions
  let files: [TreePath: OverlaidTree.File]

  /// What lint says; errors that keep it from looking are among it.
  var findings: [LintFinding] {
    do {
      let configuration = try Configuration(in: repository, options, mayBeMissing: true, reading: configurationText)
      return try LintRun(configuration, in: repository, with: files).shown
    } catch let failure as CommandFailure {
      return failure.diagnostics.map { LintFinding($0) }
    } catch {
      return []
    }
  }

  /// aiwg.yaml as the editor has it; nil when it is not open.
  var configurationText: SourceText? {
    guard let path = TreePath(Repository.configurationPath), let file = files[path] else { return nil }
    return SourceText(path: repository.shownAs + path.text, bytes: file.bytes)
  }

  /// What a deploy would make of it.
  func pipeline() throws -> Pipeline {
    var reconciled = Reconciled()
    reconciled.lent = files
    reconciled.configuration = configurationText
    var request = Pipeline.Request()
    // Without aiwg.yaml there is something to say about a file as well.
    request.records = try repository.bytes(of: Repository.configurationPath) == nil && configurationText == nil
    return try Pipeline(in: repository, options, request, reconciled: reconciled)
  }

  /// A path from the root as one of the repository.
  func path(_ absolute: String) -> TreePath? {
    let prefix = repository.root == "/" ? "/" : repository.root + "/"
    return absolute.hasPrefix(prefix) ? TreePath(String(absolute.dropFirst(prefix.count))) : nil
  }
}

extension Diagnostic {
  /// As the protocol has it.
  fileprivate var forEditors: JSONValue {
    let told = ([message] + notes + [help.map { "help: " + $0 }].compactMap(\.self)).joined(separator: "\n")
    let level = severity == .error ? 1 : severity == .warning ? 2 : 3
    return .object([
      ("range", editorRange), ("severity", .number(level)), ("code", .text(id)), ("source", .text("aiwg")), ("message", .text(told)),
    ])
  }

  /// What a caret would underline; the start of the file where there is no place in it.
  private var editorRange: JSONValue {
    let line = max(0, (place?.line ?? 1) - 1)
    guard let column = place?.column, let excerpt = place?.excerpt else {
      return .object([("start", TextPosition(line: line, character: 0).json), ("end", TextPosition(line: line, character: 0).json)])
    }
    let start = excerpt.prefix(column - 1).utf16.count
    let width = excerpt.dropFirst(column - 1).prefix(place?.width ?? 1).utf16.count
    return .object([("start", TextPosition(line: line, character: start).json), ("end", TextPosition(line: line, character: start + width).json)])
  }
}
