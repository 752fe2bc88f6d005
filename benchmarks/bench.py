#!/usr/bin/env python3
"""Times aiwg beside a floor in C, on trees of 100, 1,000 and 10,000 artifacts, and prints the tables as Markdown.

  bench.py [--aiwg BINARY] [--write FILE]

  SIZES="100 1000 10000"  artifacts; `SIZES="100 1000"` is done in a few minutes
  ALL_SIZES="100 1000"    sizes for the shape of everything to all platforms
  RUNS=9                  counted runs of each; three when one takes longer than 10 s
  DIR=/dev/shm            where to work; each run gets a folder of its own there
  FROM=DIR                scales the artifacts of DIR instead of words
  PEERS=VENV              a Python environment with `apm` or `agnix`; those on PATH are found without it
  AIWG_JS=DIR             a checkout of jmagly/aiwg; needs `node`
  PEER_SIZES="100 1000"   sizes for peers
  INSTRUCTIONS=1          counts instructions as well, with perf where the machine can, else with valgrind; sizes up to 1,000

The figures are of the whole process, from its start until it is waited for. Ours and the floor run in turn, and a ratio is the median of
the ratios pair by pair, so that a machine that gets slower in between does not count for either.
"""

import argparse
import datetime
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import peers  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SLOW = 10
MARKS = ("<!-- bench:begin -->", "<!-- bench:end -->")
# The work, what its floor is, and how many times as long as that it may take.
AIMS = {"deploy": 1.5, "check": 1.3, "sync": 1.2}
NOTES = {
    "deploy": "into an empty repository",
    "check": "nothing changed",
    "sync": "after one rule changed",
    "lint": "",
    "audit": "",
}


def numbers(text):
    return [int(word.replace(",", "").replace("_", "")) for word in text.split()]


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


class Time:
    """One run: seconds and bytes."""

    def __init__(self, wall, user, system, memory=0, code=0):
        self.wall, self.cpu, self.memory, self.code = float(wall), float(user) + float(system), int(memory), int(code)


class Row:
    """Runs of ours, and of what they are held against in the same rounds."""

    def __init__(self, size, shape, work, aim=None, against="floor"):
        self.size, self.shape, self.work, self.aim, self.against = size, shape, work, aim, against
        self.ours, self.floor = [], []
        # How many files ours and theirs wrote.
        self.files = (0, 0)

    @staticmethod
    def median(times, key):
        return statistics.median(getattr(each, key) for each in times) if times else None

    def ratio(self, key):
        pairs = [getattr(a, key) / getattr(b, key) for a, b in zip(self.ours, self.floor) if getattr(b, key) > 0]
        return statistics.median(pairs) if pairs else None

    @property
    def memory(self):
        return max(each.memory for each in self.ours)


class Bench:
    def __init__(self, arguments):
        self.sizes = numbers(os.environ.get("SIZES", "100 1000 10000"))
        self.all_sizes = numbers(os.environ.get("ALL_SIZES", "100 1000"))
        self.peer_sizes = numbers(os.environ.get("PEER_SIZES", "100 1000"))
        self.runs = int(os.environ.get("RUNS", "9"))
        self.keep = arguments.keep
        self.work = tempfile.mkdtemp(prefix="aiwg-bench-", dir=os.environ.get("DIR") or place_for(max(self.sizes + self.all_sizes)))
        self.report = os.path.join(self.work, "time")
        self.log = os.path.join(self.work, "log")
        self.floor = os.path.join(self.work, "floor")
        self.aiwg = os.path.join(self.work, "aiwg")
        # A binary that is built again in the meantime would change what is measured.
        shutil.copy(arguments.aiwg, self.aiwg)
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", self.floor, os.path.join(HERE, "floor.c")], check=True)
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("AIWG", "GIT_")) and key not in ("SIZES", "RUNS", "DIR", "FROM")
        }
        self.environment["HOME"] = os.path.join(self.work, "home")
        os.mkdir(self.environment["HOME"])
        self.rows, self.sets, self.counted, self.skipped = [], [], [], []
        self.start = Row(0, "", "start")

    # Running

    def time(self, command, cwd=None, codes=(0,), environment=None):
        with open(self.log, "wb") as log:
            subprocess.run(
                [self.floor, "time", self.report, *command], cwd=cwd or self.work, env={**self.environment, **(environment or {})},
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=True,
            )
        with open(self.report) as file:
            out = Time(*file.read().split())
        if out.code not in codes:
            with open(self.log, errors="replace") as file:
                tail = file.read()[-2000:]
            raise SystemExit(f"{' '.join(command)} ended with {out.code}:\n{tail}")
        return out

    def ours(self, *words, codes=(0,)):
        return self.time([self.aiwg, *words], codes=codes)

    def folder(self, name):
        path = os.path.join(self.work, name)
        os.mkdir(path)
        return path

    def done_with(self, path):
        """On a disk files are left until the end: many file systems are slow at making files soon after others were deleted."""
        if self.is_memory:
            shutil.rmtree(path)

    @property
    def is_memory(self):
        return file_system(self.work) in ("tmpfs", "ramfs")

    def number_of_runs(self, first, each_leaves=0):
        runs = self.runs if first.wall <= SLOW else min(3, self.runs)
        free = shutil.disk_usage(self.work).free * 0.8
        return max(1, min(runs, int(free / each_leaves))) if each_leaves and not self.is_memory else runs

    # Measuring

    def measure_start(self):
        say("start")
        for round_ in range(max(self.runs * 5, 11)):
            self.start.ours.append(self.ours("--version"))
            self.start.floor.append(self.time([self.floor, "hello"]))

    def measure(self, size, tree, shape, platforms):
        """All work on one tree for one selection of platforms."""
        say(f"{size} artifacts, {shape}: deploy")
        row = Row(size, shape, "deploy", AIMS["deploy"])
        self.rows.append(row)
        repository, runs, round_ = None, 1, 0
        while round_ <= runs:
            old, repository = repository, self.folder(f"{size}-{shape}-{round_}".replace(" ", "-"))
            if old:
                self.done_with(old)
            ours = self.ours("deploy", "-q", "--source", tree, "--target", repository, *platforms)
            into = self.folder(f"{size}-{shape}-{round_}-floor".replace(" ", "-"))
            self.time([self.floor, "deploy", tree, repository, into])
            with open(self.log) as file:
                wall, user, system, inputs, outputs, bytes_ = file.read().split()
            self.done_with(into)
            if round_ == 0:
                runs = self.number_of_runs(ours, each_leaves=int(bytes_) * 2)
                self.sets.append(dict(size=size, shape=shape, inputs=int(inputs), outputs=int(outputs), bytes=int(bytes_), tree=tree_size(tree)))
            else:
                row.ours.append(ours)
                row.floor.append(Time(wall, user, system))
            round_ += 1
        self.measure_again(size, tree, shape, repository)
        if os.environ.get("INSTRUCTIONS") and size <= 1000:
            self.count(size, tree, shape, platforms, repository)
        if not self.keep:
            shutil.rmtree(repository, ignore_errors=True)

    def measure_again(self, size, tree, shape, repository):
        """What is done in a repository that was deployed to; one round of all after the other."""
        rows = {work: Row(size, shape, work, AIMS.get(work), "check" if work == "sync" else "floor") for work in ("check", "sync", "lint", "audit")}
        self.rows += rows.values()
        rules = sorted(os.listdir(os.path.join(tree, "rules")))
        rule = os.path.join(tree, "rules", rules[len(rules) // 2])
        with open(rule, "rb") as file:
            text = file.read()
        sums = os.path.join(self.work, "sums")
        at = ("--target", repository)
        runs, round_ = 1, 0
        say(f"{size} artifacts, {shape}: check, sync, lint, audit")
        while round_ <= runs:
            with open(rule, "wb") as file:
                file.write(text + b"\nRound %d.\n" % round_)
            sync = self.ours("sync", "-q", *at)
            self.time([self.floor, "sums", tree, repository, sums])
            check = self.ours("check", "-q", *at)
            floor = self.time([self.floor, "check", tree, repository, sums])
            lint = self.ours("lint", "-q", *at)
            audit = self.ours("audit", "-q", *at, codes=(0, 1))
            if round_ == 0:
                runs = self.number_of_runs(max((sync, check, lint, audit), key=lambda each: each.wall))
            else:
                for work, ours, held in (("check", check, floor), ("sync", sync, check), ("lint", lint, floor), ("audit", audit, floor)):
                    rows[work].ours.append(ours)
                    rows[work].floor.append(held)
            round_ += 1
        with open(rule, "wb") as file:
            file.write(text)

    def count(self, size, tree, shape, platforms, repository):
        tool, counter = self.counter()
        if not tool:
            self.skipped.append("instructions: neither `perf` can count them here nor is there `valgrind`")
            return
        say(f"{size} artifacts, {shape}: instructions")
        self.ours("sync", "-q", "--target", repository)
        sums = os.path.join(self.work, "sums")
        self.time([self.floor, "sums", tree, repository, sums])
        into, cold = self.folder("counted-floor"), self.folder("counted")
        pairs = {
            "deploy": (
                [self.aiwg, "deploy", "-q", "--source", tree, "--target", cold, *platforms], [self.floor, "deploy", tree, repository, into]
            ),
            "check": ([self.aiwg, "check", "-q", "--target", repository], [self.floor, "check", tree, repository, sums]),
            "lint": ([self.aiwg, "lint", "-q", "--target", repository], None),
        }
        for work, commands in pairs.items():
            self.counted.append((size, shape, work, tool, [counter(each) if each else None for each in commands]))
        for each in (into, cold):
            self.done_with(each)

    def counter(self):
        def perf(command):
            run = subprocess.run(
                ["perf", "stat", "-x,", "-e", "instructions:u", *command], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            found = re.search(r"^(\d+),[^\n]*instructions", run.stderr, re.M)
            return int(found[1]) if found else None

        def valgrind(command):
            # Older versions give up at debug information that is newer than they are.
            bare = os.path.join(self.work, "bare-" + os.path.basename(command[0]))
            if not os.path.exists(bare):
                strip = shutil.which("strip")
                subprocess.run([strip, "-g", "-o", bare, command[0]] if strip else ["cp", command[0], bare], check=True)
            command = [bare, *command[1:]]
            run = subprocess.run(
                ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            )
            found = re.search(r"Collected : (\d+)", run.stderr)
            return int(found[1]) if found else None

        for tool, counter in (("perf", perf), ("valgrind", valgrind)):
            if shutil.which(tool) and counter([self.floor, "hello"]):
                return tool, counter
        return None, None

    # Peers

    def measure_peers(self, size, tree):
        found = peers.found(self.work, self.environment)
        self.skipped += [each for each in found.missing if each not in self.skipped]
        for peer in found.peers:
            say(f"{size} artifacts: {peer.name}")
            try:
                self.measure_peer(peer, size, tree)
            except (SystemExit, subprocess.CalledProcessError) as problem:
                self.skipped.append(f"{peer.name} at {size:,} artifacts: {str(problem)[:300]}")

    def measure_peer(self, peer, size, tree):
        rows = {}
        runs, round_ = 1, 0
        while round_ <= runs:
            theirs = self.folder(f"{peer.name}-{size}-{round_}")
            ours = self.folder(f"{peer.name}-{size}-{round_}-ours")
            peer.prepare(tree, theirs)
            before = file_count(theirs)
            slowest = Time(0, 0, 0)
            for work, command in peer.steps(tree, theirs):
                mine = {
                    "deploy": ("deploy", "-q", "--source", tree, "--target", ours, "--platforms", getattr(peer, "platforms", "")),
                    "check": ("check", "-q", "--target", ours),
                    "lint": ("lint", "-q", "--source", tree, "-C", ours),
                }[work]
                a, b = self.ours(*mine), self.time(command, cwd=theirs, codes=peer.codes, environment=peer.environment)
                row = rows.setdefault(work, Row(size, f"{peer.name}, {peer.shape}", work, against=peer.name))
                if round_:
                    row.ours.append(a)
                    row.floor.append(b)
                row.files = (file_count(ours), file_count(theirs) - before)
                slowest = max(slowest, b, key=lambda each: each.wall)
            if round_ == 0:
                runs = self.number_of_runs(slowest)
                if slowest.wall > 60:
                    runs = 1
            self.done_with(theirs)
            self.done_with(ours)
            round_ += 1
        self.rows += rows.values()

    # All of it

    def tree(self, size):
        path = os.path.join(self.work, f"tree-{size}")
        command = [sys.executable, os.path.join(HERE, "scale.py"), str(size), path]
        if os.environ.get("FROM"):
            command += ["--from", self.repaired(os.environ["FROM"]), "--leave-out", self.left_out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return path

    def repaired(self, source):
        """A copy in which lint put right what it can; what is still refused is left out."""
        copy = os.path.join(self.work, "from")
        self.left_out = os.path.join(self.work, "left-out")
        if not os.path.isdir(copy):
            os.mkdir(copy)
            for kind in peers.KINDS:
                if os.path.isdir(os.path.join(source, kind)):
                    shutil.copytree(os.path.join(source, kind), os.path.join(copy, kind))
            subprocess.run(["chmod", "-R", "u+w", copy], check=True)
            self.ours("lint", "--fix", "--source", copy, codes=(0, 1, 2))
            run = subprocess.run([self.aiwg, "lint", "--source", copy], cwd=self.work, env=self.environment, capture_output=True, text=True)
            wrong = re.findall(r"^(?:.*/)?from/(.+?\.\w+)(?::\d+)*: error:", run.stdout + run.stderr, re.M)
            with open(self.left_out, "w") as file:
                file.write("\n".join(sorted(set(wrong))))
            say(f"{len(set(wrong))} files of {source} are refused and left out")
        return copy

    def run(self):
        self.measure_start()
        for size in sorted(set(self.sizes + self.all_sizes)):
            tree = self.tree(size)
            if size in self.sizes:
                self.measure(size, tree, "default platforms", ())
            if size in self.all_sizes:
                self.measure(size, tree, "all platforms", ("--platforms", "all"))
            if size in self.peer_sizes and size in self.sizes:
                self.measure_peers(size, tree)
            if not self.keep:
                self.done_with(tree)


def tree_size(path):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(path) for name in names)


def place_for(size):
    """Memory where it holds the largest tree with two copies of its outputs, else the disk."""
    memory = "/dev/shm"
    return memory if os.path.isdir(memory) and shutil.disk_usage(memory).free > size * 500_000 else tempfile.gettempdir()


def file_count(path):
    return sum(len(names) for _, _, names in os.walk(path))


def file_system(path):
    best = ("", "?")
    try:
        with open("/proc/mounts") as file:
            for line in file:
                _, at, kind = line.split()[:3]
                if (path + "/").startswith(at.rstrip("/") + "/") and len(at) >= len(best[0]):
                    best = (at, kind)
    except OSError:
        pass
    return best[1]


# Tables


def duration(seconds):
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def mega(bytes_):
    return f"{bytes_ / 1e6:,.1f} MB" if bytes_ < 1e7 else f"{bytes_ / 1e6:,.0f} MB"


def times(ratio):
    return "" if ratio is None else f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}"


class Report:
    def __init__(self, bench):
        self.bench, self.missed, self.lines = bench, [], []

    def marked(self, figure, met, what):
        """The figure, bold when it misses its aim; that is named above the tables as well."""
        if not met:
            self.missed.append(what)
        return figure if met else f"**{figure}**"

    def table(self, head, rows):
        if rows:
            self.lines += ["", "| " + " | ".join(head) + " |", "|" + "|".join("---" if i < 2 else "--:" for i in range(len(head))) + "|"]
            self.lines += ["| " + " | ".join(row) + " |" for row in rows]

    @property
    def measured(self):
        return [row for row in self.bench.rows if row.against in ("floor", "check")]

    def start(self):
        row = self.bench.start
        ours, floor = row.median(row.ours, "wall"), row.median(row.floor, "wall")
        over = statistics.median(a.wall - b.wall for a, b in zip(row.ours, row.floor))
        self.lines += ["", "### Start"]
        self.table(
            ["work", "runs", "aiwg", "C hello", "more", "aim", "memory"],
            [["`aiwg --version`", str(len(row.ours)), duration(ours), duration(floor),
              self.marked(duration(over), over <= 0.003, f"start: {duration(over)} more than a C program, and 3 ms are the aim"), "≤ 3 ms", mega(row.memory)]],
        )

    def work(self):
        for shape in dict.fromkeys(row.shape for row in self.measured):
            self.lines += ["", f"### {shape[0].upper()}{shape[1:]}", ""]
            for each in self.bench.sets:
                if each["shape"] == shape:
                    source = f"{each['inputs']:,} files, {mega(each['tree'])}"
                    self.lines.append(f"- {each['size']:,} artifacts: {source}, become {each['outputs']:,} files, {mega(each['bytes'])}.")
            self.table(
                ["artifacts", "work", "runs", "wall", "CPU", "held against", "its wall", "its CPU", "ratio, wall", "aim", "ratio, CPU", "memory", "aim "],
                [self.row(row) for row in self.measured if row.shape == shape],
            )

    def row(self, row):
        tree = next(each["tree"] for each in self.bench.sets if each["size"] == row.size)
        most = 3 * tree + 20_000_000
        wall = row.ratio("wall")
        name = f"{row.work} at {row.size:,} artifacts, {row.shape}"
        ratio, memory = times(wall), mega(row.memory)
        if row.aim:
            ratio = self.marked(ratio, wall <= row.aim, f"{name}: {ratio} × {row.against}, and {row.aim} × is the aim")
        memory = self.marked(memory, row.memory <= most, f"{name}: {memory} of memory, and {mega(most)} are the aim")
        return [
            f"{row.size:,}", f"{row.work} {NOTES[row.work]}".strip(), str(len(row.ours)), duration(row.median(row.ours, "wall")), duration(row.median(row.ours, "cpu")),
            row.against, duration(row.median(row.floor, "wall")), duration(row.median(row.floor, "cpu")), ratio,
            f"≤ {row.aim}" if row.aim else "", times(row.ratio("cpu")), memory, f"≤ {mega(most)}",
        ]

    def growth(self):
        out = []
        for shape in dict.fromkeys(row.shape for row in self.measured):
            sets = {each["size"]: each for each in self.bench.sets if each["shape"] == shape}
            for small, large in zip(sorted(sets), sorted(sets)[1:]):
                by = large / small
                bytes_ = sets[large]["bytes"] / sets[small]["bytes"] / by
                for work in NOTES:
                    a, b = (next((row for row in self.measured if (row.size, row.shape, row.work) == (size, shape, work)), None) for size in (small, large))
                    if not a or not b:
                        continue
                    wall = b.median(b.ours, "wall") / a.median(a.ours, "wall") / by
                    cpu = b.median(b.ours, "cpu") / a.median(a.ours, "cpu") / by
                    floor = b.median(b.floor, "wall") / a.median(a.floor, "wall") / by
                    memory = b.memory / a.memory / by
                    # The limit is for a tenfold step.
                    limit = 1.15 ** max(1, math.log10(by))
                    name = f"{work} from {small:,} to {large:,} artifacts, {shape}"
                    cells = [
                        self.marked(times(found), found <= limit, f"{name}: {times(found)} × linear in {what}, and {limit:.2f} × is the aim")
                        for what, found in (("wall time", wall), ("CPU", cpu), ("memory", memory))
                    ]
                    out.append([f"{small:,} → {large:,}, {shape}", work, *cells, f"≤ {limit:.2f}", times(floor), times(bytes_)])
        if out:
            self.lines += ["", "### Growth"]
            self.table(["step", "work", "wall", "CPU", "memory", "aim", "wall of what it is held against", "bytes of outputs"], out)

    def peers(self):
        rows = [row for row in self.bench.rows if row.against not in ("floor", "check")]
        if rows:
            self.lines += ["", "### Peers"]
        out = []
        for row in rows:
            wall, cpu = (statistics.median(getattr(b, key) / getattr(a, key) for a, b in zip(row.ours, row.floor)) for key in ("wall", "cpu"))
            wanted = peers.AIMS.get(row.against)
            what = f"{row.work} at {row.size:,} artifacts: {times(wall)} × as fast as {row.against} ({times(cpu)} in CPU), and {wanted} × is the aim"
            faster = self.marked(times(wall), not wanted or min(wall, cpu) >= wanted, what)
            out.append([f"{row.size:,}", f"{row.work}, {row.shape}", str(len(row.ours)), duration(row.median(row.ours, "wall")), duration(row.median(row.ours, "cpu")),
                        duration(row.median(row.floor, "wall")), duration(row.median(row.floor, "cpu")), mega(row.memory), mega(max(each.memory for each in row.floor)),
                        f"{row.files[0]:,}", f"{row.files[1]:,}", faster, f"≥ {wanted}" if wanted else "", times(cpu)])
        theirs = ["peer's wall", "peer's CPU", "memory", "peer's memory", "files", "peer's files"]
        self.table(["artifacts", "work", "runs", "wall", "CPU", *theirs, "faster, wall", "aim", "faster, CPU"], out)

    def instructions(self):
        out = []
        for size, shape, work, tool, (ours, floor) in self.bench.counted:
            ratio = ours / floor if ours and floor else None
            out.append([f"{size:,}, {shape}", work, tool, f"{ours:,}" if ours else "?", f"{floor:,}" if floor else "", times(ratio)])
        if out:
            self.lines += ["", "### Instructions, in user space"]
            self.table(["artifacts", "work", "counted by", "aiwg", "floor", "ratio"], out)

    @property
    def text(self):
        bench = self.bench
        commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True).stdout.strip() or "unknown"
        version = subprocess.run([bench.aiwg, "--version"], capture_output=True, text=True).stdout.strip()
        source = "a folder given with FROM" if os.environ.get("FROM") else "generated words"
        self.lines = []
        self.start()
        self.work()
        self.growth()
        self.peers()
        self.instructions()
        machine = f"{os.cpu_count()} cores, {os.uname().sysname} {os.uname().machine}, on {file_system(bench.work)}"
        head = [
            f"{datetime.date.today()}, aiwg {version}, commit {commit}; {machine}; {source}.",
            "",
        ]
        if self.missed:
            head += ["Missed:", ""] + [f"- {each}" for each in self.missed]
        else:
            head.append("All aims are met.")
        if bench.skipped:
            head += ["", "Not measured:", ""] + [f"- {each}" for each in bench.skipped]
        return "\n".join(head + self.lines) + "\n"


def put(path, text):
    """Between the marks; all else in the file stays."""
    with open(path) as file:
        old = file.read()
    before, begin, rest = old.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not begin or not end:
        raise SystemExit(f"{path} has no {MARKS[0]} and {MARKS[1]}")
    with open(path + ".new", "w") as file:
        file.write(f"{before}{begin}\n{text}{end}{after}")
    os.replace(path + ".new", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aiwg", default=os.path.join(ROOT, ".build/release/aiwg"))
    parser.add_argument("--write", metavar="FILE")
    parser.add_argument("--keep", action="store_true", help="leave trees and the last repositories, to profile")
    parser.add_argument("--raw", metavar="FILE", help="all runs, as JSON")
    arguments = parser.parse_args()
    started = time.monotonic()
    bench = Bench(arguments)
    try:
        bench.run()
        text = Report(bench).text
        print(text, end="")
        if arguments.write:
            put(arguments.write, text)
        if arguments.raw:
            with open(arguments.raw, "w") as file:
                json.dump([bench.start, *bench.rows], file, default=vars)
    finally:
        if bench.keep:
            say(f"left in {bench.work}")
        else:
            shutil.rmtree(bench.work, ignore_errors=True)
    say(f"took {(time.monotonic() - started) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
