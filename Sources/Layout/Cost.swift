/// What a choice of places costs; the first difference decides.
struct Cost: Comparable {
  /// Readers that want an artifact and get none.
  var missing = 0
  /// Readers that get an artifact which excludes them.
  var unwanted = 0
  /// Copies beyond the first.
  var repeated = 0
  /// How far down a platform's list the place stands that serves it.
  var rank = 0
  /// Bytes that readers load at start, all together.
  var start = 0
  var files = 0

  static func < (left: Cost, right: Cost) -> Bool {
    if left.missing != right.missing { return left.missing < right.missing }
    if left.unwanted != right.unwanted { return left.unwanted < right.unwanted }
    if left.repeated != right.repeated { return left.repeated < right.repeated }
    if left.rank != right.rank { return left.rank < right.rank }
    return left.start != right.start ? left.start < right.start : left.files < right.files
  }

  static func + (left: Cost, right: Cost) -> Cost {
    Cost(
      missing: left.missing + right.missing, unwanted: left.unwanted + right.unwanted, repeated: left.repeated + right.repeated,
      rank: left.rank + right.rank, start: left.start + right.start, files: left.files + right.files)
  }

  static func += (left: inout Cost, right: Cost) { left = left + right }

  static func - (left: Cost, right: Cost) -> Cost { left + right * -1 }

  static func * (cost: Cost, count: Int) -> Cost {
    Cost(
      missing: cost.missing * count, unwanted: cost.unwanted * count, repeated: cost.repeated * count, rank: cost.rank * count,
      start: cost.start * count, files: cost.files * count)
  }
}
