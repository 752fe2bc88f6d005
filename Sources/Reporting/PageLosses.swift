extension Page {
  /// What artifacts say and platforms do not get to know: a table of platforms and fields, then each field with its places.
  func losses(_ out: inout Markup) {
    let total = report.losses.reduce(0) { $0 + $1.count }
    section(
      &out, "losses", "Losses",
      total == 0
        ? "None: every platform gets to know all that the artifacts say."
        : "\(counted(total, "time")), a platform does not get to know something as an artifact says it. Most are fields that it has no place for; `show:` in aiwg.yaml puts a field into the text instead."
    ) { out in
      guard total > 0 else { return }
      let fields = fieldsByCount
      byPlatform(&out, fields)
      for (number, field) in fields.enumerated() { details(&out, number, field) }
    }
  }

  /// The fields, the ones that are lost most often first.
  private var fieldsByCount: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for loss in report.losses { counts[loss.field, default: 0] += loss.count }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  private func byPlatform(_ out: inout Markup, _ fields: [(name: String, count: Int)]) {
    let shown = fields.prefix(Self.mostFields)
    var counts: [String: [Int]] = [:]
    for loss in report.losses {
      for platform in loss.platforms {
        counts[loss.field, default: [Int](repeating: 0, count: report.platforms.count)][platform] += loss.spots.count
      }
    }
    out.element("div", ["class": "scroll matrix numbers", "role": "region", "tabindex": "0", "aria-labelledby": "losses-table"]) { out in
      out.element("table") { out in
        out.element("caption", ["id": "losses-table"], "Losses by platform and field")
        out.element("thead") { out in
          out.element("tr") { out in
            out.element("th", ["scope": "col"], "Platform")
            for (number, field) in shown.enumerated() { out.element("th", ["scope": "col"]) { $0.element("a", ["href": "#l\(number)"], field.name) } }
          }
        }
        out.element("tbody") { out in
          for (number, platform) in report.platforms.enumerated() {
            out.element("tr", ["class": "f"]) { out in
              out.element("th", ["scope": "row"]) { $0.element("a", ["href": "#p\(number)"], platform.id) }
              for field in shown {
                let count = counts[field.name]?[number] ?? 0
                if count == 0 { out.element("td", ["class": "none"], "·") } else { out.element("td", grouped(count)) }
              }
            }
            out.line()
          }
        }
      }
    }
    if fields.count > shown.count { out.element("p", "and \(grouped(fields.count - shown.count)) rarer fields, each below") }
  }

  /// So many fields have a column.
  private static let mostFields = 40

  private func details(_ out: inout Markup, _ number: Int, _ field: (name: String, count: Int)) {
    let losses = Self.joined(report.losses.filter { $0.field == field.name })
    var sets: [[Report.Spot]] = []
    for loss in losses where !sets.contains(loss.spots) { sets.append(loss.spots) }
    let fates = Set(losses.map(\.fate)).sorted().joined(separator: ", ")
    out.element("details", ["id": "l\(number)", "class": "f"]) { out in
      out.element("summary") { out in
        out.element("code", field.name)
        out.say(" \(grouped(field.count)) \(plural(field.count, "time")), \(fates)")
      }
      let columns = [("What becomes of it", false), ("Why", false), ("Platforms", false), ("Where", true)]
      table(&out, "l\(number)-why", "Why, and where", columns, class: "plain why") { out in
        rows(&out, losses, width: 4) { out, loss in
          let set = min(sets.firstIndex(of: loss.spots) ?? 0, Self.mostSets)
          out.element("th", ["scope": "row"], loss.fate)
          out.element("td") { $0.tell(loss.reason) }
          out.element("td", names(of: loss.platforms))
          out.element("td", ["class": "num"]) { $0.element("a", ["href": "#l\(number)s\(set)"], counted(loss.spots.count, "place")) }
        }
      }
      for (index, spots) in sets.prefix(Self.mostSets).enumerated() {
        out.element("ol", ["id": "l\(number)s\(index)", "class": "spots", "aria-label": counted(spots.count, "place")]) { out in
          for spot in spots.prefix(Self.mostRows) { out.element("li") { $0.element("code", spot.text) } }
          if spots.count > Self.mostRows { out.element("li", "and \(grouped(spots.count - Self.mostRows)) more") }
        }
        out.line()
      }
      if sets.count > Self.mostSets {
        out.element("p", ["id": "l\(number)s\(Self.mostSets)"]) { $0.tell("Other places: `aiwg report --format json` has all of them.") }
      }
    }
    out.line()
  }

  /// Losses that differ only in the place that has no room for the field, each of which belongs to a platform, as one.
  private static func joined(_ losses: [Report.Loss]) -> [Report.Loss] {
    struct Key: Hashable {
      var fate, rest: String
      var spots: [Report.Spot]
    }
    var order: [Key] = []
    var found: [Key: [Report.Loss]] = [:]
    for loss in losses {
      let parts = loss.reason.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
      let rest = loss.reason.hasPrefix("`") && parts.count == 3 ? String(parts[2]) : "`" + loss.reason
      let key = Key(fate: loss.fate, rest: rest, spots: loss.spots)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(loss)
    }
    return order.compactMap { key in
      guard let all = found[key], var first = all.first, all.count > 1 else { return found[key]?.first }
      let place = first.reason.dropLast(key.rest.count)
      first.reason = "\(place) and \(all.count - 1) more like it:\(key.rest)"
      first.platforms = Set(all.flatMap(\.platforms)).sorted()
      return first
    }.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  /// So many lists of places are written for one field.
  private static let mostSets = 60
}
