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
  var files = 0

  static func < (left: Cost, right: Cost) -> Bool {
    (left.missing, left.unwanted, left.repeated, left.rank, left.files) < (right.missing, right.unwanted, right.repeated, right.rank, right.files)
  }

  static func + (left: Cost, right: Cost) -> Cost {
    Cost(
      missing: left.missing + right.missing, unwanted: left.unwanted + right.unwanted, repeated: left.repeated + right.repeated,
      rank: left.rank + right.rank, files: left.files + right.files)
  }

  static func * (cost: Cost, count: Int) -> Cost {
    Cost(
      missing: cost.missing * count, unwanted: cost.unwanted * count, repeated: cost.repeated * count, rank: cost.rank * count,
      files: cost.files * count)
  }
}
