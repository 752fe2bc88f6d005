#!/usr/bin/env python3
"""Makes a canonical tree of N artifacts, to measure with.

  scale.py N DEST             words that mean nothing, in the mix that a real tree has
  scale.py N DEST --from DIR  the artifacts of DIR, as often as needed, under distinct names and with distinct bytes
  --leave-out FILE            paths of DIR, one a line, that are not taken: those that aiwg refuses
  --words-per-file N          no body longer than that, for tests

The same arguments give the same bytes: nothing is drawn from a clock or a system's source of randomness, and random.random() of a seeded
generator is the one part of that module that keeps its numbers between versions. The sizes of N artifacts are spread evenly over the
distribution, so that 1,000 artifacts are ten times the bytes of 100, and not by luck.

The figures in MIX are counted from a public tree of 417 artifacts (38 rules, 140 agents, 155 commands, 84 skills with 16 files beside them).
"""

import argparse
import os
import random
import re
import shutil
import sys

# By kind: how many in 417; sizes in bytes, as quantiles in steps of 5 %; per 1,000 bytes headings, fences and list items; references per
# artifact; the share of heads that have a key.
MIX = {
    "rules": dict(
        count=38,
        sizes=[2100, 2600, 2850, 3650, 5250, 5550, 5800, 6350, 7000, 7500, 7600, 7750, 7950, 8000, 8100, 9450, 10000, 10150, 15150, 20250, 23000],
        headings=3.5, fences=1.5, items=6.8, references=7.3,
        keys={"globs": 0.08},
    ),
    "agents": dict(
        count=140,
        sizes=[850, 1600, 1650, 1800, 2200, 4850, 5400, 6500, 7700, 8250, 9750, 10450, 11250, 11800, 12600, 14600, 15500, 19350, 25250, 32900, 41700],
        headings=3.6, fences=0.7, items=8.6, references=3.1,
        keys={"category": 0.12, "model": 0.99, "memory": 0.59, "tools": 0.93},
    ),
    "commands": dict(
        count=155,
        sizes=[570, 1500, 2200, 2450, 3650, 4050, 4250, 4550, 4900, 6250, 8700, 9550, 11300, 13400, 16100, 18250, 20950, 25100, 29200, 39000, 69700],
        headings=2.4, fences=0.8, items=9.1, references=2.7,
        keys={"category": 0.67, "argument-hint": 0.68, "allowed-tools": 0.47, "model": 0.44},
    ),
    "skills": dict(
        count=84,
        sizes=[2150, 3750, 4150, 4550, 4700, 6200, 6400, 6850, 7250, 7950, 8450, 9750, 11150, 12250, 12650, 13400, 14350, 15550, 18350, 19850, 25650],
        headings=4.2, fences=1.3, items=8.2, references=2.6,
        keys={"version": 0.13, "allowed-tools": 0.18},
    ),
}
# Files beside a skill: sizes, and what they are.
FILES = dict(
    per_skill=16 / 84,
    sizes=[500, 900, 1350, 2000, 2400, 6800, 7250, 8600, 13600, 14500, 14550, 15100, 18250, 18500, 18950, 21100],
    names=["scripts/run.py"] * 11 + ["references/more.md"] * 3 + ["references/data.json"] * 2,
)
DESCRIPTION = [25, 45, 60, 70, 80, 90, 100, 110, 125, 150, 250]
TOOLS = ["Read", "Write", "Edit", "Bash", "Glob", "Grep", "WebFetch", "WebSearch", "Task"]
MODELS = ["sonnet", "opus", "haiku", "inherit"]
AREAS = ["api", "web", "data", "jobs", "mail", "docs", "tests", "tools"]


class Words:
    """Text that looks like Markdown and says nothing."""

    small = "the of and to a in for with is on as by from that be or it are this at not each when which use should can only before after".split()

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def of(self, options):
        return options[self.below(len(options))]

    @staticmethod
    def vocabulary():
        source = random.Random("vocabulary").random
        out = []
        while len(out) < 3000:
            syllables = 1 + int(source() * 3)
            word = "".join("bcdfglmnprstvz"[int(source() * 14)] + "aeiou"[int(source() * 5)] for _ in range(syllables)) + "nrstlx"[int(source() * 6)]
            if word not in out:
                out.append(word)
        return out

    def line(self, count):
        """Small words and common words more often than rare ones, as in a language."""
        draw, small, large = self.random, self.small, WORDS
        count_small = len(small)
        return " ".join([small[int(draw() * count_small)] if draw() < 0.35 else large[int(3000 * draw() ** 2)] for _ in range(count)])

    def sentence(self):
        text = self.line(7 + self.below(10))
        return text[0].upper() + text[1:] + "."

    def text(self, size):
        """A sentence of about that many bytes."""
        out = self.sentence()
        while len(out) < size - 20:
            out += " " + self.sentence()
        return out


WORDS = Words.vocabulary()


def spread(index, table):
    """The size of one of many, so that any number of them in a row covers the table evenly."""
    at = (index * 0.6180339887498949 + 0.5) % 1 * (len(table) - 1)
    low = int(at)
    return round(table[low] + (table[low + 1] - table[low]) * (at - low))


def counts(n, mix):
    """n in the proportions of the mix, by the largest remainders."""
    total = sum(mix.values())
    out = {kind: n * count // total for kind, count in mix.items()}
    for kind in sorted(mix, key=lambda kind: (-(n * mix[kind] % total), kind))[: n - sum(out.values())]:
        out[kind] += 1
    return out


def name_of(kind, index):
    word = Words(f"name {kind} {index}")
    return f"{word.of(WORDS)}-{word.of(WORDS)}-{kind[0]}{index:05d}"


def path_of(kind, name):
    return f"{kind}/{name}/SKILL.md" if kind == "skills" else f"{kind}/{name}.md"


def head_of(kind, name, index, words):
    chance = {key: words.random() < share for key, share in MIX[kind]["keys"].items()}
    has = lambda key: chance.get(key, False)
    out = []
    if kind == "rules":
        if has("globs"):
            area = words.of(AREAS)
            out += [f"description: {words.text(80)}", f'globs: ["src/{area}/**/*.ts", "{area}/**"]']
    else:
        out += [f"name: {name}", f"description: {words.text(spread(index, DESCRIPTION))}"]
    if has("argument-hint"):
        out.append(f'argument-hint: "[{words.of(WORDS)}] [--{words.of(WORDS)}]"')
    if has("model"):
        out.append(f"model: {words.of(MODELS)}")
    for key in ("tools", "allowed-tools"):
        if has(key):
            first = words.below(4)
            out.append(f"{key}: {', '.join(TOOLS[first : first + 2 + words.below(4)])}")
    if has("memory"):
        out.append("memory: project")
    if has("category"):
        out.append(f"category: {words.of(AREAS)}")
    if has("version"):
        out.append(f'version: "1.{words.below(9)}.0"')
    return "".join(f"{line}\n" for line in ["---", *out, "---", ""]) if out else ""


def body_of(kind, index, size, words, reference):
    mix = MIX[kind]
    # What is written per 1,000 bytes, as shares of the blocks that a body is made of.
    blocks = mix["headings"] + mix["fences"] + mix["items"] / 4 + 3
    references = round(mix["references"])
    out = [f"# {words.line(3).capitalize()}\n"]
    have = 0
    step = max(1, size // (references + 1))
    next_reference = step // 2
    while have < size:
        draw = words.random() * blocks
        if have >= next_reference and references:
            block = f"{words.sentence()} See {reference(words)}.\n"
            next_reference += step
        elif draw < mix["headings"]:
            block = f"{'##' if words.random() < 0.4 else '###'} {words.line(2 + words.below(3)).capitalize()} {words.below(100)}\n"
        elif draw < mix["headings"] + mix["fences"]:
            lines = "".join(f"{words.of(WORDS)}: {words.line(3)}\n" for _ in range(2 + words.below(8)))
            block = f"```{words.of(['yaml', 'text', 'bash'])}\n{lines}```\n"
        elif draw < mix["headings"] + mix["fences"] + mix["items"] / 4:
            mark = words.of(["-", "-", "-", "- [ ]", "1."])
            block = "".join(f"{mark} **{words.of(WORDS)}** – {words.sentence()}\n" for _ in range(2 + words.below(5)))
        elif draw < blocks - 2.5:
            block = "| a | b |\n|---|---|\n" + "".join(f"| {words.line(2)} | {words.line(4)} |\n" for _ in range(3))
        else:
            block = " ".join(words.sentence() for _ in range(1 + words.below(3))) + "\n"
        out.append(block)
        have += len(block) + 1
    if kind == "commands":
        out.insert(1, f"{words.sentence()} About: $ARGUMENTS\n")
    return "\n".join(out)


def file_of(name, size, words):
    """A file beside a skill."""
    out, have = [], 0
    while have < size:
        line = words.line(8)
        out.append({"py": f'print("{line}")', "json": f'  "{len(out)}": "{line}",', "md": line + "."}[name.rsplit(".", 1)[1]])
        have += len(out[-1]) + 1
    text = "\n".join(out) + "\n"
    if name.endswith(".py"):
        return "#!/usr/bin/env python3\n" + text
    if name.endswith(".json"):
        return "{\n" + text.rstrip(",\n") + "\n}\n"
    return f"# {words.line(3).capitalize()}\n\n" + text


def write(dest, path, data, runs=False):
    path = os.path.join(dest, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    if runs:
        os.chmod(path, 0o755)
    return len(data)


def generate(n, dest, limit):
    number = counts(n, {kind: mix["count"] for kind, mix in MIX.items()})
    files = bytes_ = beside = 0
    for kind, count in number.items():
        for index in range(count):
            words = Words(f"{kind} {index}")
            name = name_of(kind, index)
            size = spread(index, MIX[kind]["sizes"])
            own = None
            if kind == "skills" and int((index + 1) * FILES["per_skill"]) > int(index * FILES["per_skill"]):
                own = FILES["names"][beside * 7 % 16]

            def reference(words):
                # Nine in ten of those in real trees are mentions or bare paths, few are links.
                if own and words.random() < 0.5:
                    return f"[{own.split('/')[1]}]({own})"
                other = words.of([kind for kind in number if number[kind]])
                name = name_of(other, words.below(number[other]))
                path = path_of(other, name)
                draw = words.random()
                if draw < 0.06:
                    return f"[{name}]({'../../' if kind == 'skills' else '../'}{path})"
                return f"@{path}" if draw < 0.5 else f"`{path}`"

            head = head_of(kind, name, index, words)
            body = body_of(kind, index, min(size - len(head), limit * 6), words, reference)
            bytes_ += write(dest, path_of(kind, name), (head + body).encode())
            files += 1
            if own:
                data = file_of(own, min(spread(beside, FILES["sizes"]), limit * 6), words)
                bytes_ += write(dest, f"skills/{name}/{own}", data.encode(), runs=own.endswith(".py"))
                files += 1
                beside += 1
    return files, bytes_


def real_artifacts(source, left_out):
    """By kind: the name and the files of each artifact; a file's key is its path in a skill, or nothing."""
    out = {kind: [] for kind in MIX}
    for kind, found in out.items():
        folder = os.path.join(source, kind)
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            path = os.path.join(folder, entry)
            files = {}
            if kind == "skills" and os.path.isfile(os.path.join(path, "SKILL.md")):
                for at, folders, names in os.walk(path):
                    folders.sort()
                    for name in sorted(names):
                        files[os.path.relpath(os.path.join(at, name), path)] = os.path.join(at, name)
                name = entry
            # A name with two dots is a translation.
            elif kind != "skills" and entry.endswith(".md") and entry.count(".") == 1 and os.path.isfile(path):
                files[""] = path
                name = entry[:-3]
            if files and not any(os.path.relpath(file, source) in left_out for file in files.values()):
                found.append((name, files))
    return {kind: found for kind, found in out.items() if found}


def copied(data, name, round_):
    """The bytes of a copy: its name in the head, and one line at the end that no other has."""
    if round_ == 0:
        return data
    head = re.match(rb"---\r?\n.*?^---\r?\n", data, re.S | re.M)
    if head:
        data = re.sub(rb"^name:.*$", b"name: " + name.encode(), head.group(), count=1, flags=re.M) + data[head.end() :]
    return data.rstrip(b"\n") + b"\n\nThis is copy %d, %s.\n" % (round_, name.encode())


def multiply(n, dest, source, left_out):
    real = real_artifacts(source, left_out)
    if not real:
        sys.exit(f"no artifacts in {source}")
    number = counts(n, {kind: len(found) for kind, found in real.items()})
    files = bytes_ = 0
    for kind, count in number.items():
        found = real[kind]
        for index in range(count):
            # Fewer than there are: spread over all of them.
            which, round_ = (index * len(found) // count, 0) if count < len(found) else (index % len(found), index // len(found))
            name, parts = found[which]
            name = f"{name}-{round_:04d}" if round_ else name
            for part, path in parts.items():
                with open(path, "rb") as file:
                    data = file.read()
                if part in ("", "SKILL.md"):
                    data = copied(data, name, round_)
                to = f"skills/{name}/{part}" if kind == "skills" else path_of(kind, name)
                bytes_ += write(dest, to, data, runs=os.access(path, os.X_OK))
                files += 1
    return files, bytes_


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int)
    parser.add_argument("dest")
    parser.add_argument("--from", dest="source")
    parser.add_argument("--leave-out")
    parser.add_argument("--words-per-file", type=int, default=1 << 20)
    arguments = parser.parse_args()
    if os.path.exists(arguments.dest):
        sys.exit(f"{arguments.dest} is there already")
    if arguments.source:
        left_out = set()
        if arguments.leave_out:
            with open(arguments.leave_out) as file:
                left_out = set(file.read().split("\n"))
        files, bytes_ = multiply(arguments.n, arguments.dest, arguments.source, left_out)
    else:
        files, bytes_ = generate(arguments.n, arguments.dest, arguments.words_per_file)
    print(f"{arguments.n} artifacts, {files} files, {bytes_} bytes")


if __name__ == "__main__":
    main()
