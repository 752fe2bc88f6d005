internal import CLibYAML

/// One event, free of libyaml's memory.
enum YAMLEvent {
  /// What may stand before a node: its anchor, and whether it has a tag.
  struct Properties {
    var anchor: String?
    var hasTag: Bool
  }

  case streamStart, streamEnd, documentStart, documentEnd
  case alias(String)
  case scalar(YAMLScalar, Properties)
  case sequenceStart(Properties, isFlow: Bool)
  case mappingStart(Properties, isFlow: Bool)
  case collectionEnd
}

/// The parser said no; why is in `EventStream.failure`.
struct Unreadable: Error {}

/// libyaml's parser over a buffer that outlives it.
struct EventStream: ~Copyable {
  /// What libyaml says of an error, in byte offsets of the file.
  struct Failure {
    var problem: String
    var context: String
    var offset: Int
    var contextOffset: Int
    var isReader: Bool
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var offsets: ByteOffsets
  private let base: Int
  private(set) var failure: Failure?
  /// The bytes of the last event in the file.
  private(set) var range = 0..<0

  /// - Parameter count: how many of the bytes are the file's, and the only ones that a place can name.
  init(_ bytes: UnsafeBufferPointer<UInt8>, count: Int, base: Int) {
    parser = .allocate(capacity: 1)
    offsets = ByteOffsets(UnsafeBufferPointer(rebasing: bytes[..<count]), base: base)
    self.base = base
    if yaml_parser_initialize(parser) == 0 {
      parser.initialize(to: yaml_parser_t())
      failure = Failure(problem: "out of memory", context: "", offset: base, contextOffset: base, isReader: true)
      return
    }
    // Otherwise the first bytes decide, and UTF-16 would be read although no place in the file could be given.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  mutating func next() throws(Unreadable) -> YAMLEvent {
    guard failure == nil else { throw Unreadable() }
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) != 0 else {
      failure = takeFailure()
      throw Unreadable()
    }
    defer { yaml_event_delete(&event) }
    let start = offsets.offset(event.start_mark.index)
    range = start..<max(start, offsets.offset(event.end_mark.index))
    return YAMLEvent(event)
  }

  private mutating func takeFailure() -> Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "out of memory"
    let context = state.context.map { String(cString: $0) } ?? ""
    guard state.error != YAML_READER_ERROR else {
      return Failure(problem: problem, context: context, offset: base + state.problem_offset, contextOffset: base, isReader: true)
    }
    let contextOffset = offsets.offset(state.context_mark.index)
    return Failure(
      problem: problem, context: context, offset: offsets.offset(state.problem_mark.index), contextOffset: contextOffset, isReader: false)
  }
}

extension YAMLEvent {
  fileprivate init(_ event: yaml_event_t) {
    switch event.type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let content = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      self = .scalar(YAMLScalar(content, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), Properties(scalar.anchor, scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      self = .sequenceStart(Properties(sequence.anchor, sequence.tag), isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      self = .mappingStart(Properties(mapping.anchor, mapping.tag), isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: self = .collectionEnd
    default: self = .streamEnd
    }
  }
}

extension YAMLEvent.Properties {
  fileprivate init(_ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?) {
    self.init(anchor: text(anchor), hasTag: tag != nil)
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  pointer.map { String(cString: $0) }
}
