extension Page {
  /// How it looks; no font, picture or address of anybody's.
  static let style = """
    :root { color-scheme: light dark; --bg: #fbfbf9; --panel: #fff; --ink: #1c1d1f; --soft: #55585e; --line: #dcdcd6; --link: #0b57a4; --head: #f1f1ec;
      --n: #d3ecd8; --nt: #0d4420; --b: #d6e6fa; --bt: #123f75; --s: #e7dcf9; --st: #45227f; --o: #d0eeee; --ot: #0b4747; --c: #e4e4e0; --ct: #3a3b3e;
      --d: #fdeec0; --dt: #5a4100; --x: #fbd8d5; --xt: #7c1613; --texts: #2f6fb2; --lists: #8a5fc7; --yours: #b07a10; --good: #0f6a2f; --bad: #9b1c17;
      --mark: #fff3c4 }
    @media (prefers-color-scheme: dark) { :root { --bg: #15161a; --panel: #1d1f24; --ink: #e8e8ea; --soft: #a9acb4; --line: #35383f; --link: #8bbcf5;
      --head: #25282e; --n: #173d24; --nt: #b4e6c1; --b: #18324f; --bt: #b8d6fa; --s: #34234f; --st: #dbc8fb; --o: #103c3c; --ot: #aee5e5; --c: #33363c;
      --ct: #d5d6d9; --d: #453607; --dt: #f7dc8c; --x: #4e1b1a; --xt: #fbbdb9; --texts: #5b9be0; --lists: #a986e2; --yours: #d6a03a; --good: #7fd39a;
      --bad: #ff9b95; --mark: #4a4010 } }
    * { box-sizing: border-box }
    html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100% }
    body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
    header.top, main, footer { max-width: 90rem; margin: 0 auto; padding: 0 1.5rem }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.6rem 0 .4rem; letter-spacing: -.01em }
    h2 { font-size: 1.25rem; margin: 0 0 .3rem } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem } h4 { font-size: .95rem; margin: 0 0 .4rem }
    section { padding: 1.6rem 0 .6rem; border-bottom: 1px solid var(--line) } section:last-child { border: 0 }
    p { margin: .4rem 0 .8rem; max-width: 75ch } .lead, footer { color: var(--soft) }
    a { color: var(--link) } a:hover { text-decoration-thickness: 2px }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
    code { font: .88em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere } td code, th code { overflow-wrap: normal }
    .skip { position: absolute; left: -999rem } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem }
    .state { margin: 0 0 1rem } .state strong { padding: .1rem .6rem; border-radius: 1rem; border: 1.5px solid }
    .good strong { color: var(--good) } .bad strong { color: var(--bad) }
    .tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)) }
    .tiles a { display: block; height: 100%; padding: .7rem .9rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem;
      color: inherit; text-decoration: none } .tiles a:hover { border-color: var(--link) }
    .tiles strong { display: block; font-size: 1.25rem; font-variant-numeric: tabular-nums; white-space: nowrap } .tiles span { color: var(--soft); font-size: .87rem }
    nav { position: sticky; top: 0; z-index: 5; margin-top: 1rem; background: var(--bg); border-bottom: 1px solid var(--line); display: flex; gap: 1rem;
      align-items: center; padding: .35rem max(1.5rem, (100vw - 90rem) / 2 + 1.5rem) }
    nav ul { display: flex; gap: 1.1rem; list-style: none; margin: 0; padding: 0; overflow-x: auto; flex: 1; white-space: nowrap }
    nav a { text-decoration: none; display: inline-block; padding: .35rem 0 } nav label { white-space: nowrap; font-size: .87rem }
    input { font: inherit; width: 13rem; max-width: 40vw; padding: .2rem .5rem; border: 1px solid var(--soft); border-radius: .35rem; background: var(--panel); color: inherit }
    [hidden] { display: none !important }
    .points { margin: .3rem 0 .8rem; padding-left: 1.2rem } .points li { margin: .25rem 0 }
    .scroll { overflow: auto; max-height: 78vh; border: 1px solid var(--line); border-radius: .5rem; background: var(--panel); margin: .6rem 0 1rem }
    table { border-collapse: separate; border-spacing: 0; font-size: .9rem; width: 100% }
    caption { text-align: left; padding: .5rem .75rem; color: var(--soft); font-size: .85rem; position: sticky; left: 0 }
    th, td { text-align: left; vertical-align: top; padding: .35rem .75rem; border-top: 1px solid var(--line) }
    thead th { position: sticky; top: 0; background: var(--head); z-index: 2; font-size: .82rem; white-space: nowrap } tbody th { font-weight: 500 }
    .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } tbody tr:hover { background: var(--head) }
    thead button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer }
    thead button::after { content: " ↕"; color: var(--soft) } [aria-sort=ascending] button::after { content: " ↑" } [aria-sort=descending] button::after { content: " ↓" }
    .plain tbody th .name { margin-right: .5rem } .plain tbody th code { color: var(--soft) } .plain em { color: var(--soft); margin-left: .5rem; font-size: .85em }
    .ways { display: flex; flex-wrap: wrap; gap: .15rem 0; font-variant-numeric: tabular-nums }
    .ways > span { min-width: 4.4rem } .w { display: inline-block; min-width: 1.35rem; padding: 0 .25rem; border-radius: .25rem; text-align: center; font-weight: 600; font-size: .82rem; line-height: 1.35rem;
      text-decoration: none; background: var(--c); color: var(--ct) }
    .native { background: var(--n); color: var(--nt) } .block { background: var(--b); color: var(--bt) } .skill { background: var(--s); color: var(--st) }
    .other-form, .review { background: var(--o); color: var(--ot) } .on-demand { background: var(--d); color: var(--dt) }
    .missing, .unread { background: var(--x); color: var(--xt); box-shadow: inset 0 0 0 1px currentColor } .excluded { background: none; color: var(--soft) }
    .legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: .3rem 1.5rem; margin: .5rem 0; max-width: 75rem; font-size: .87rem }
    .legend div { display: grid; grid-template-columns: minmax(7.5rem, max-content) 1fr; gap: .6rem } .legend dt { white-space: nowrap; font-weight: 600; min-width: 7.5rem } .legend dd { margin: 0; color: var(--soft) }
    svg { display: block; width: 100%; height: .7rem } svg.key { display: inline-block; width: .8rem; height: .8rem }
    .bar { min-width: 9rem; width: 26%; vertical-align: middle } .texts { fill: var(--texts) } .lists { fill: var(--lists) } .yours { fill: var(--yours) }
    .matrix { width: fit-content; max-width: 100% } .matrix table { width: auto } .matrix th, .matrix td { padding: .25rem .1rem; text-align: center; vertical-align: middle } .matrix tbody th, .matrix thead th:first-child, .matrix caption { text-align: left }
    .matrix thead th { vertical-align: bottom; font-weight: 500 } .matrix thead th a { writing-mode: vertical-rl; transform: rotate(180deg); text-decoration: none; color: inherit; padding: .2rem 0 }
    .matrix tbody th, .matrix thead th:first-child { position: sticky; left: 0; background: var(--panel); z-index: 1; padding: .3rem .75rem; width: 13rem; min-width: 13rem; max-width: 13rem; border-right: 1px solid var(--line) }
    .matrix thead th:first-child { z-index: 3; background: var(--head) } .matrix small { display: block; color: var(--soft); font-weight: 400; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
    .matrix td .w { width: 1.35rem; min-width: 0; padding: 0 } .matrix tbody th > a { overflow-wrap: anywhere } .matrix td a:hover { outline: 2px solid var(--link) } .numbers td { font-size: .8rem; font-variant-numeric: tabular-nums; padding: .2rem .3rem; text-align: right } .none { color: var(--soft) }
    .card { margin: .8rem 0 1.2rem } .routes td:nth-child(3), .routes td:nth-child(4) { color: var(--soft) } .routes th { white-space: nowrap }
    .exception { font-size: .9rem; border-left: 3px solid var(--line); padding-left: .7rem; margin: .35rem 0; max-width: 110ch }
    details { margin: .35rem 0 } summary { cursor: pointer; padding: .15rem 0 }
    .load:target > summary { width: auto } .why td:nth-child(2) { min-width: 15rem } .why td:nth-child(3), .routes td:nth-child(4) { min-width: 15rem } .routes td:nth-child(3) { min-width: 9rem } .why th { white-space: nowrap } .load summary { display: grid; grid-template-columns: 9rem 8.5rem 1fr; gap: .8rem; align-items: center } .load .who::before { content: "▸ "; color: var(--soft) } .load[open] .who::before { content: "▾ " }
    .spots { columns: 22rem; font-size: .87rem; padding-left: 2.6rem; margin: .3rem 0 1rem } .spots li { break-inside: avoid }
    :target { background: var(--mark) } section:target, .card:target, details:target { background: none } section:target > h2, .card:target > h4, details:target > summary { background: var(--mark); width: fit-content; box-shadow: 0 0 0 .25rem var(--mark) }
    footer { padding-bottom: 3rem; font-size: .87rem }
    @media (max-width: 46rem) { header.top, main, footer { padding: 0 1rem } nav { padding: .35rem 1rem; flex-wrap: wrap; gap: .2rem 1rem } nav ul { flex-basis: 100% } h1 { font-size: 1.35rem }
      nav label { display: flex; gap: .5rem; align-items: center; flex: 1 } input { flex: 1; max-width: none } html { scroll-padding-top: 6rem }
      .tiles { grid-template-columns: 1fr 1fr } .tiles strong { font-size: 1.05rem } th, td { padding: .3rem .5rem } .legend { grid-template-columns: 1fr } }
      .matrix tbody th, .matrix thead th:first-child { width: 8rem; min-width: 8rem; max-width: 8rem; padding: .3rem .5rem } .plain tbody th .name { display: block }
      .sortable tbody th { position: sticky; left: 0; background: var(--panel); z-index: 1; border-right: 1px solid var(--line) } .sortable .bar { display: none } .matrix small { display: none } .load summary { grid-template-columns: 1fr auto } .load svg { grid-column: 1 / 3 }
      .scroll { max-height: 70vh } }
    @media print { body { background: #fff; font-size: 10px } nav, .skip { display: none } .scroll { max-height: none; overflow: visible; border: 0 } thead th, .matrix tbody th, caption { position: static !important }
      details::details-content { content-visibility: visible; display: block } tr, .tiles li { break-inside: avoid } h2, h3, h4 { break-after: avoid } .w, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact }
      .matrix { font-size: 7px } .matrix th, .matrix td { padding: 0 } .matrix td .w { width: auto; min-width: 0; padding: 0 1px } }

    """

  /// What it does beyond being read: a filter, columns to sort by, and opening what a link leads to.
  static let script = """
    "use strict";
    (function () {
      var box = document.getElementById("filter"), input = box.querySelector("input");
      box.hidden = false;
      input.addEventListener("input", function () {
        var word = input.value.trim().toLowerCase();
        document.querySelectorAll(".f").forEach(function (one) {
          var inner = one.querySelector(".f");
          one.hidden = word !== "" && one.textContent.toLowerCase().indexOf(word) < 0;
          if (inner && word !== "" && one.tagName === "DETAILS") one.open = !one.hidden;
        });
      });
      function show() {
        var found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        for (var one = found; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
        if (found) found.scrollIntoView({ block: "nearest" });
      }
      addEventListener("hashchange", show);
      show();
      document.querySelectorAll("table.sortable").forEach(function (table) {
        var body = table.tBodies[0];
        table.querySelectorAll("thead th").forEach(function (head, column) {
          if (!head.textContent) return;
          var button = document.createElement("button");
          button.type = "button";
          button.textContent = head.textContent;
          head.textContent = "";
          head.appendChild(button);
          button.addEventListener("click", function () {
            var isNumber = head.classList.contains("num"), down = head.getAttribute("aria-sort") === (isNumber ? "descending" : "ascending");
            var way = (isNumber ? -1 : 1) * (down ? -1 : 1);
            var key = function (row) { var text = row.cells[column].textContent; return isNumber ? Number(text.replace(/,/g, "")) || 0 : text; };
            Array.from(body.rows).sort(function (a, b) { var x = key(a), y = key(b); return way * (x < y ? -1 : x > y ? 1 : 0); })
              .forEach(function (row) { body.appendChild(row); });
            table.querySelectorAll("thead th").forEach(function (other) { other.removeAttribute("aria-sort"); });
            head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
          });
        });
      });
    })();

    """
}
