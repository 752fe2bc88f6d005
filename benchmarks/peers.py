"""Other programs that do some of the same work: where they are, and the tree in the form that they want."""

import os
import re
import shutil
from types import SimpleNamespace

KINDS = ("rules", "agents", "skills", "commands")
# How many times as fast aiwg is to be; agnix is native and only lints.
AIMS = {"apm": 20, "jmagly-aiwg": 20}


def artifacts(tree):
    """Kind, name, path for each artifact; the path is a folder for skills."""
    for kind in KINDS:
        folder = os.path.join(tree, kind)
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if kind == "skills" or entry.endswith(".md"):
                yield kind, entry if kind == "skills" else entry[:-3], os.path.join(folder, entry)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


class Apm:
    """apm: its own folder, four platforms, a lock, and an audit that renders once more."""

    name, shape = "apm", "4 platforms"
    platforms = "claude-code,codex,copilot,cursor"
    codes = (0,)
    environment = {"NO_COLOR": "1"}

    def __init__(self, program):
        self.program = program

    def prepare(self, tree, folder):
        write(f"{folder}/apm.yml", "name: bench\nversion: 1.0.0\ndescription: To measure with.\nauthor: bench\ndependencies:\n  apm: []\n")
        places = {"rules": "instructions/{}.instructions.md", "agents": "agents/{}.agent.md", "commands": "prompts/{}.prompt.md"}
        for kind, name, path in artifacts(tree):
            if kind == "skills":
                shutil.copytree(path, f"{folder}/.apm/skills/{name}")
                continue
            with open(path) as file:
                text = file.read()
            if kind == "rules":
                body = re.sub(r"\A---\n.*?^---\n", "", text, flags=re.S | re.M)
                globs = re.search(r'^globs: \["([^"]*)"', text, re.M)
                text = f'---\ndescription: {name}\napplyTo: "{globs[1] if globs else "**"}"\n---\n{body}'
            write(f"{folder}/.apm/{places[kind].format(name)}", text)

    def steps(self, tree, folder):
        yield "deploy", [self.program, "install", "-t", "claude,codex,copilot,cursor"]
        yield "check", [self.program, "audit", "--ci"]


class Agnix:
    """agnix: a linter. It reads the canonical tree as it is."""

    name, shape = "agnix", "the canonical tree"
    codes = (0, 1)
    environment = {}

    def __init__(self, program):
        self.program = program

    def prepare(self, tree, folder):
        pass

    def steps(self, tree, folder):
        yield "lint", [self.program, tree]


class JavaScript:
    """The deployer of jmagly/aiwg, one process for each platform; the tree is an addon of a copy of the checkout."""

    name, shape = "jmagly-aiwg", "5 platforms"
    platforms = "claude-code,codex,copilot,cursor,warp"
    codes = (0,)
    environment = {}

    def __init__(self, node, checkout, work):
        self.node, self.checkout, self.home = node, checkout, f"{work}/home"
        self.count = 0

    def prepare(self, tree, folder):
        shutil.copytree(f"{self.checkout}/tools", f"{folder}/source/tools")
        shutil.copy(f"{self.checkout}/package.json", f"{folder}/source/package.json")
        os.makedirs(f"{folder}/source/agentic/code/frameworks/sdlc-complete")
        write(f"{folder}/source/agentic/code/addons/bench/manifest.json", '{"id": "bench", "type": "addon", "name": "bench", "version": "1.0.0"}\n')
        for kind in KINDS:
            if os.path.isdir(f"{tree}/{kind}"):
                shutil.copytree(f"{tree}/{kind}", f"{folder}/source/agentic/code/addons/bench/{kind}")
        os.mkdir(f"{folder}/target")
        lines = "".join(
            f"{self.node} {folder}/source/tools/agents/deploy-agents.mjs --source {folder}/source --target {folder}/target --provider {provider}"
            " --deploy-commands --deploy-skills --deploy-rules\n"
            for provider in ("claude", "codex", "copilot", "cursor", "warp")
        )
        write(f"{folder}/run.sh", f"set -e\nexport HOME={folder}/home\nmkdir -p $HOME\n{lines}")

    def steps(self, tree, folder):
        yield "deploy", ["sh", f"{folder}/run.sh"]


def found(work, environment):
    path = os.pathsep.join(filter(None, [os.path.join(os.environ["PEERS"], "bin") if os.environ.get("PEERS") else "", os.environ.get("PATH", "")]))
    out = SimpleNamespace(peers=[], missing=[])
    for name, kind in (("apm", Apm), ("agnix", Agnix)):
        program = shutil.which(name, path=path)
        if program:
            out.peers.append(kind(program))
        else:
            out.missing.append(f"`{name}`: not on PATH; PEERS=VENV names an environment that has it")
    checkout, node = os.environ.get("AIWG_JS"), shutil.which("node", path=path)
    if checkout and node and os.path.isfile(f"{checkout}/tools/agents/deploy-agents.mjs"):
        out.peers.append(JavaScript(node, os.path.abspath(checkout), work))
    else:
        out.missing.append("jmagly/aiwg: AIWG_JS=DIR names a checkout, and `node` runs it")
    return out
