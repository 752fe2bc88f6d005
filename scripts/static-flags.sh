#!/bin/sh
# Prints the flags for `swift build` with which the program needs nothing of the system that it runs on.
#
# On Linux that is a program without a loader, with the C library and libyaml inside, and without symbols. Where the system
# has no static ones of both, only Swift's own libraries go in, and a warning says so. Elsewhere it prints nothing.
set -eu

[ "$(uname -s)" = Linux ] || exit 0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '#include <yaml.h>\nint main(void) { int v[3]; yaml_get_version(v, v + 1, v + 2); return 0; }\n' >"$folder/trial.c"
# The flags of pkg-config are words.
# shellcheck disable=SC2046
if "${CC:-$(command -v clang || echo cc)}" -static -o "$folder/trial" $(pkg-config --cflags yaml-0.1) "$folder/trial.c" $(pkg-config --libs --static yaml-0.1) 2>"$folder/errors"; then
  echo '--static-swift-stdlib -Xswiftc -static-executable -Xlinker -s'
else
  echo 'static-flags.sh: there is no static libyaml or C library here, so the program will need the shared ones:' >&2
  head -n 1 "$folder/errors" >&2
  echo '--static-swift-stdlib -Xlinker -s'
fi
