#!/bin/sh
# Runs the torture suites in full against a binary, AIWG_BINARY or the release build, then the fuzzer, and prints all figures as a Markdown
# table. What is given goes to `swift test`. Takes about two hours; fails when anything in it does.
set -eu
cd "$(dirname "$0")/.."

report=$(mktemp)
trap 'rm -f "$report"' EXIT
status=0
export AIWG_TORTURE="${AIWG_TORTURE:-full}" AIWG_TORTURE_REPORT="$report" AIWG_BINARY="${AIWG_BINARY:-$PWD/.build/release/aiwg}"
case $(packaging/elf.py "$AIWG_BINARY" 2>/dev/null) in
  *static=yes*)
    echo "torture.sh: no library can be put in front of $AIWG_BINARY, and so nothing would fail in it; build it with \`make torture\`" >&2
    exit 64
    ;;
esac
"${SWIFT:-swift}" test --filter 'TortureTests|HostileInputTests|CollisionTests|YAMLTests' "$@" || status=$?
# The first four are what others write; the artifact is rendered each time, which takes the longest.
FUZZ_SWIFT="${SWIFT:-swift}" scripts/fuzz.sh 500000 artifact=100000 repair=300000 platforms=200000 project=200000 record=300000 \
  block path yaml toml glob || status=$?
scripts/figures.sh "$report"
exit "$status"
