#!/usr/bin/env python3
"""What a Linux program needs of the system that it runs on, read from the program itself.

As a command it prints that for scripts, one `name=value` a line:

    elf.py PROGRAM    machine=x86_64  static=yes  glibc=  libraries=
"""

import struct
import sys
from dataclasses import dataclass, field

# The names of EM_* in the ELF specification, as uname -m spells them.
MACHINES = {0x3E: "x86_64", 0xB7: "aarch64"}

LOAD, DYNAMIC, INTERPRETER = 1, 2, 3
NEEDED, STRINGS, VERSIONS, VERSION_COUNT = 1, 5, 0x6FFFFFFE, 0x6FFFFFFF


class NotAProgram(Exception):
    """The file is no 64-bit little-endian ELF program for a machine that we package for."""


@dataclass
class Program:
    machine: str
    #: No loader is named in it: it runs wherever the kernel does.
    static: bool
    #: The shared libraries that it names, in its order.
    libraries: list = field(default_factory=list)
    #: For each of them, the versions of symbols that it wants.
    versions: dict = field(default_factory=dict)

    def newest(self, prefix):
        """The highest version of the symbols of one family, such as GLIBC; none when it wants no such symbol."""
        numbers = []
        for names in self.versions.values():
            for name in names:
                family, _, number = name.partition("_")
                if family == prefix and number[:1].isdigit():
                    numbers.append(tuple(int(part) for part in number.split(".")))
        return max(numbers, default=None)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        return parse(data)
    except (struct.error, IndexError):
        raise NotAProgram("it ends in the middle of its tables") from None


def parse(data):
    if data[:4] != b"\x7fELF" or data[4:6] != b"\x02\x01":
        raise NotAProgram("no 64-bit little-endian ELF program")
    kind, machine = struct.unpack_from("<HH", data, 16)
    if machine not in MACHINES:
        raise NotAProgram(f"made for machine {machine:#x}, which is neither x86-64 nor aarch64")
    start, size, count = (struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54))
    segments = []
    for index in range(count):
        sort, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, start + index * size)
        segments.append((sort, offset, address, length))
    program = Program(MACHINES[machine], static=all(segment[0] != INTERPRETER for segment in segments))
    dynamic = next((segment for segment in segments if segment[0] == DYNAMIC), None)
    if dynamic is None:
        return program

    def place(address):
        for sort, offset, begin, length in segments:
            if sort == LOAD and begin <= address < begin + length:
                return address - begin + offset
        raise NotAProgram("an address in it lies in no segment")

    entries = []
    for offset in range(dynamic[1], dynamic[1] + dynamic[3], 16):
        tag, value = struct.unpack_from("<QQ", data, offset)
        if tag == 0:
            break
        entries.append((tag, value))
    values = dict(entries)
    if STRINGS not in values:
        return program
    strings = place(values[STRINGS])

    def text(offset):
        return data[strings + offset : data.index(b"\0", strings + offset)].decode()

    program.libraries = [text(value) for tag, value in entries if tag == NEEDED]
    offset = place(values[VERSIONS]) if VERSIONS in values else 0
    for _ in range(values.get(VERSION_COUNT, 0)):
        _, names, library, first, following = struct.unpack_from("<HHIII", data, offset)
        at, wanted = offset + first, []
        for _ in range(names):
            _, _, _, name, next_name = struct.unpack_from("<IHHII", data, at)
            wanted.append(text(name))
            at += next_name
        program.versions[text(library)] = sorted(wanted)
        offset += following
    return program


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: elf.py PROGRAM")
    try:
        program = read(sys.argv[1])
    except (OSError, NotAProgram) as error:
        sys.exit(f"elf.py: {sys.argv[1]}: {error}")
    glibc = program.newest("GLIBC")
    print(f"machine={program.machine}")
    print(f"static={'yes' if program.static else 'no'}")
    print(f"glibc={'.'.join(map(str, glibc)) if glibc else ''}")
    print(f"libraries={' '.join(program.libraries)}")


if __name__ == "__main__":
    main()
