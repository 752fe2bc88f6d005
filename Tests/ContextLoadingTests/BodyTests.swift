import ContextModel
import Testing

@Suite struct BodyTests {
  static func body(_ text: String, kind: ArtifactKind = .command) -> Body? {
    let head = "---\ndescription: d\n\(kind == .behavior ? "on: stop\n" : "")---\n"
    let path = kind == .skill ? "skills/a/SKILL.md" : "\(kind.folder)/a.md"
    return Loading([path: head + text]).artifacts.first?.body
  }

  /// `spelling:covered text` of each reference, with `=path#fragment` where it is another text.
  static func references(_ text: String) -> [String]? {
    body(text).map { body in
      body.references.map { reference in
        let covered = String(decoding: body.bytes[reference.range], as: UTF8.self)
        return "\(reference.spelling):\(covered)" + (reference.fragment.map { "#" + $0 } ?? "")
      }
    }
  }

  @Test(arguments: [
    ("[x](a/b.md)", ["link:a/b.md"]), ("[x](b.md#f) ![i](i.png)", ["link:b.md#f", "link:i.png"]), ("[x](<a b.md>)", ["link:a b.md"]),
    ("[x](a.md \"title\")", ["link:a.md"]), ("[x](a(b).md)", ["link:a(b).md"]), ("[x](https://a/b.md) [y](mailto:a) [z](#only) [w](/abs.md)", []),
    ("[x](a/$1.md)", []), ("[x](", []), ("[x](<a", []), ("é [x](ü/b.md)", ["link:ü/b.md"]), ("[x](@a/b.md)", ["mention:@a/b.md"]),
    ("@a/b.md and (@c.md) *@d/e* \"@f/g\"", ["mention:@a/b.md", "mention:@c.md", "mention:@d/e", "mention:@f/g"]),
    ("see @a/b.md. Or @a/b, or @.c/d...", ["mention:@a/b.md", "mention:@a/b", "mention:@.c/d"]), ("_@a/b.md_", ["mention:@a/b.md"]),
    ("mail@a/b.md [@a/b] @name @/abs/x \\@a/b", []), ("`@a/b.md` `@a/b x` `x @a/b`", ["mention:@a/b.md"]),
    ("`a/b.md` `b.md` `a/b#f` ` c/d `", ["code:a/b.md", "code:b.md", "code:a/b#f", "code:c/d"]),
    ("`/abs/x` `a b/c` `name` `x.txt` `.md` `https://a/b` `a/b:1`", []), ("``a/b.md`` ```a/b.md```", ["code:a/b.md", "code:a/b.md"]),
    ("`[x](a.md)` `` ` @a/b ` ``", []), ("` [x](a.md)", ["link:a.md"]), ("`\n\n[x](a.md) `", ["link:a.md"]),
    ("`x\n[x](a.md)` [y](b.md)", ["link:b.md"]),
    ("```\n[x](a.md)\n@a/b\n```\n@c/d", ["mention:@c/d"]), ("~~~ md\n```\n@a/b\n~~~\n@c/d", ["mention:@c/d"]),
    ("````\n```\n@a/b\n````\n@c/d", ["mention:@c/d"]), ("   ```\n@a/b\n  ```  \r\n@c/d", ["mention:@c/d"]), ("```\n@a/b\n", []),
    ("- x\n\n  ```\n  @a/b\n  ```\n  @c/d", ["mention:@c/d"]), ("1. x\n    - y\n      ```\n      @a/b\n      ```\n@c/d", ["mention:@c/d"]),
    ("- ```\n  @a/b\n  ```\n- @c/d", ["mention:@c/d"]), ("``` a`b\n@c/d", ["mention:@c/d"]), ("a\\`b [x](c.md) \\`", ["link:c.md"]),
  ])
  func references(_ text: String, _ expected: [String]) {
    #expect(Self.references(text) == expected)
  }

  @Test(
    arguments: [
      ("$ARGUMENTS and ${ARGUMENTS} $ARGUMENTS_X $ARGUMENTSX", ["$ARGUMENTS=all"]),
      (
        "$ARGUMENTS[0] $ARGUMENTS[12] $ARGUMENTS[x]",
        [
          "$ARGUMENTS[0]=1", "$ARGUMENTS[12]=13", "$ARGUMENTS=all",
        ]
      ),
      ("$1, $2. $12! \"$3\" $4", ["$1=1", "$2=2", "$12=literal", "$3=3", "$4=4"]),
      (
        "$0 $01 $100 $5k $1,000 $1.50 $5_x",
        [
          "$0=literal", "$01=literal", "$100=literal", "$5=literal", "$1=literal", "$1=literal", "$5=literal",
        ]
      ),
      ("`$1` `$ARGUMENTS` `echo $1 $ARGUMENTS` ` $2 `", ["$1=1", "$ARGUMENTS=all", "$1=literal", "$ARGUMENTS=all", "$2=2"]),
      ("```sh\nawk '{print $1}' $ARGUMENTS\n```\n$1", ["$1=literal", "$ARGUMENTS=all", "$1=1"]), ("\\$1 `\\$1` \\$ARGUMENTS $x $ $", []),
      ("```\n\\$1\n```", []), ("[x](a/$1.md)", ["$1=1"]), ("`$10,000` `$5k`", ["$10=literal", "$5=literal"]), ("$1", ["$1=1"]), ("costs $", []),
    ] as [(String, [String])])
  func arguments(_ text: String, _ expected: [String]) {
    let body = Self.body(text)
    let found = body?.arguments.map { argument in
      let covered = String(decoding: body?.bytes[argument.range] ?? [], as: UTF8.self)
      switch argument.meaning {
      case .all: return covered + "=all"
      case .position(let number): return covered + "=\(number)"
      case .literal: return covered + "=literal"
      }
    }
    #expect(found == expected)
  }

  @Test(arguments: ArtifactKind.texts)
  func onlyWhatTheUserCallsHasArguments(_ kind: ArtifactKind) {
    #expect(Self.body("$1 `$2`\n", kind: kind)?.arguments.count == (kind == .command || kind == .skill ? 2 : 0))
  }

  @Test func backticksWithoutAnEndCostLittle() {
    let runs = (0..<20_000).map { String(repeating: "`", count: 1 + $0 % 40) + " x " }.joined()
    let clock = ContinuousClock()
    let time = clock.measure { _ = Self.body(runs + "\n") }
    #expect(time < .seconds(2))
  }
}
