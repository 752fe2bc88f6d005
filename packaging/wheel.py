#!/usr/bin/env python3
"""Makes a Python wheel of a program that is built already, and prints its path.

    wheel.py PROGRAM SHARE FOLDER    SHARE is what stage.sh takes

pip, pipx, uv and pre-commit install from wheels; there is no Python in this one. The same program, share folder and
SOURCE_DATE_EPOCH give the same bytes. Nothing but the standard library is needed.
"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
import elf  # noqa: E402

HERE = Path(__file__).resolve().parent

# What PEP 599, 600 and 656 let a program expect of a system, and so what it may name.
SYSTEM = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6"}
LOADER = re.compile(r"ld-linux.*\.so\.\d")

SHARED = [
    "man/man1/aiwg.1",
    "bash-completion/completions/aiwg",
    "zsh/site-functions/_aiwg",
    "fish/vendor_completions.d/aiwg.fish",
]


class Refused(Exception):
    """Why there is no wheel for this program."""


def tags(program):
    """The systems that the program runs on, as installers name them."""
    if program.static:
        # Whatever the C library is. Old installers know only the name by the year.
        return [f"manylinux2014_{program.machine}", f"manylinux_2_17_{program.machine}", f"musllinux_1_1_{program.machine}"]
    foreign = [name for name in program.libraries if name not in SYSTEM and not LOADER.fullmatch(name)]
    if foreign:
        raise Refused(f"the program needs {', '.join(foreign)}, which not every system has; link it statically, with `make release`")
    glibc = program.newest("GLIBC")
    if glibc is None:
        raise Refused("the program is linked dynamically, and names no version of the GNU C library")
    major, minor = max(glibc, (2, 17))[:2]
    return [f"manylinux_{major}_{minor}_{program.machine}"]


def version_of(path):
    try:
        told = subprocess.run([path, "--version"], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(f"the program does not say its version: {error}") from None
    # 1.0.0-rc.1 of semantic versions is 1.0.0rc1 of PEP 440; there is no other kind.
    match = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?", told)
    if not match:
        raise Refused(f"the program calls its version {told!r}, which is neither X.Y.Z nor X.Y.Z-rc.N")
    number, stage, count = match.groups()
    return number + ({"alpha": "a", "beta": "b", "rc": "rc"}[stage] + count if stage else "")


def metadata(version):
    readme = (HERE / "README.wheel.md").read_text()
    return (
        "Metadata-Version: 2.4\n"
        "Name: aiwg\n"
        f"Version: {version}\n"
        "Summary: One tree of AI context, rendered into the files that coding platforms read\n"
        "License-Expression: MIT\n"
        "License-File: LICENSE\n"
        "License-File: copyright\n"
        "Keywords: agents,claude-code,codex,copilot,cursor,rules\n"
        "Classifier: Environment :: Console\n"
        "Classifier: Intended Audience :: Developers\n"
        "Classifier: Operating System :: POSIX :: Linux\n"
        "Classifier: Topic :: Software Development\n"
        "Requires-Python: >=3.7\n"
        "Description-Content-Type: text/markdown\n"
        f"\n{readme}"
    ).encode()


def members(program, share, version, platforms):
    """What is in the wheel: path, bytes and mode, in the order of the archive, the record apart."""
    data, info = f"aiwg-{version}.data", f"aiwg-{version}.dist-info"
    lines = ["Wheel-Version: 1.0", "Generator: aiwg", "Root-Is-Purelib: false"]
    lines += [f"Tag: py3-none-{platform}" for platform in platforms]
    yield f"{data}/scripts/aiwg", program.read_bytes(), 0o755
    for name in SHARED:
        if (share / name).is_file():
            yield f"{data}/data/share/{name}", (share / name).read_bytes(), 0o644
    yield f"{info}/licenses/LICENSE", (HERE.parent / "LICENSE").read_bytes(), 0o644
    yield f"{info}/licenses/copyright", (HERE / "copyright").read_bytes(), 0o644
    yield f"{info}/METADATA", metadata(version), 0o644
    yield f"{info}/WHEEL", ("\n".join(lines) + "\n").encode(), 0o644


def build(program, share, folder):
    try:
        platforms = tags(elf.read(program))
    except elf.NotAProgram as error:
        raise Refused(str(error)) from None
    version = version_of(program.resolve())
    epoch = int(subprocess.run([HERE / "epoch.sh"], check=True, capture_output=True, text=True).stdout)
    # A zip archive knows no time before 1980, and counts in steps of two seconds.
    date = time.gmtime(max(epoch, 315532800))[:6]
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"aiwg-{version}-py3-none-{'.'.join(platforms)}.whl"
    unfinished = wheel.with_suffix(".new")
    record = []
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

            def add(path, content, mode):
                entry = zipfile.ZipInfo(path, date)
                entry.create_system = 3
                entry.external_attr = (0o100000 | mode) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)

            for path, content, mode in members(program, share, version, platforms):
                digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                record.append(f"{path},sha256={digest},{len(content)}")
                add(path, content, mode)
            path = f"aiwg-{version}.dist-info/RECORD"
            add(path, ("\n".join([*record, f"{path},,"]) + "\n").encode(), 0o644)
        os.replace(unfinished, wheel)
    finally:
        unfinished.unlink(missing_ok=True)
    return wheel


def main():
    if len(sys.argv) != 4:
        print("usage: wheel.py PROGRAM SHARE FOLDER", file=sys.stderr)
        sys.exit(64)
    try:
        print(build(*map(Path, sys.argv[1:])))
    except (OSError, Refused) as error:
        sys.exit(f"wheel.py: {sys.argv[1]}: {error}")


if __name__ == "__main__":
    main()
