#!/bin/sh
# Tries what `make bench` stands on, with 30 artifacts and one run, so that it does not rot: benchmarks/test.sh [BINARY]
set -eu
cd "$(dirname "$0")/.."

aiwg=$(realpath "${1:-.build/debug/aiwg}")
command -v python3 > /dev/null || { echo 'skipped: no python3' >&2; exit 0; }
export PYTHONDONTWRITEBYTECODE=1
CC=${CC:-$(command -v cc || command -v clang || command -v gcc || true)}
[ -n "$CC" ] || { echo 'skipped: no C compiler' >&2; exit 0; }
export CC

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOME=$work/home
export HOME
mkdir "$HOME"
fail() { echo "benchmarks: $1" >&2; exit 1; }
floor=$work/floor
"$CC" -O1 -Wall -Wextra -Werror -o "$floor" benchmarks/floor.c

# The scaler: as many as asked for, the same bytes each time, no errors, and distinct names when a folder is scaled.
benchmarks/scale.py 30 "$work/tree" > /dev/null
benchmarks/scale.py 30 "$work/again" > /dev/null
diff -r "$work/tree" "$work/again" || fail 'two runs of scale.py differ'
count() { ls -d "$1"/rules/*.md "$1"/agents/*.md "$1"/commands/*.md "$1"/skills/* | wc -l; }
[ "$(count "$work/tree")" -eq 30 ] || fail 'scale.py made another number of artifacts'
benchmarks/scale.py 70 "$work/more" --from "$work/tree" > /dev/null
[ "$(count "$work/more")" -eq 70 ] || fail 'scale.py --from made another number of artifacts'
[ "$(cat "$work"/more/agents/*.md | grep -c '^name: ')" -eq "$(grep -h '^name: ' "$work"/more/agents/*.md | sort -u | wc -l)" ] \
  || fail 'scale.py --from made two agents of one name'
for tree in tree more; do
  "$aiwg" lint -q --source "$work/$tree" -C "$work" > "$work/lint" 2>&1 || { cat "$work/lint"; fail "lint refuses what scale.py made"; }
done

# The floor: it reads what is there, sees each change, and writes the same files.
mkdir "$work/repository" "$work/copy"
"$aiwg" deploy -q --source "$work/tree" --target "$work/repository" > /dev/null 2>&1
check() { "$floor" check "$work/tree" "$work/repository" "$work/sums" > "$work/said"; }
"$floor" sums "$work/tree" "$work/repository" "$work/sums" > /dev/null
check || fail 'the floor finds a change where there is none'
listed=$(grep -cv '^#' "$work/repository/aiwg.lock")
[ "$(sed 's/.*, \([0-9]*\) outputs.*/\1/' "$work/said")" -ge "$listed" ] || fail 'the floor passes over outputs'
output=$work/repository/$(sed -n 's/^[0-9a-f]*  \(\.claude\/agents\/.*\)/\1/p' "$work/repository/aiwg.lock" | head -1)
input=$(ls "$work"/tree/rules/*.md | head -1)
# An output of its own, one that has a block of aiwg's, and an input.
for file in "$output" "$work/repository/AGENTS.md" "$input"; do
  cp "$file" "$work/kept"
  # One letter, and no other size.
  tr '\n' '\r' < "$work/kept" | sed 's/e/E/' | tr '\r' '\n' > "$file"
  ! check || fail "the floor does not see a change of $file"
  cp "$work/kept" "$file"
  check || fail "the floor sees a change of $file that was undone"
done
mv "$output" "$work/kept"
! check || fail 'the floor does not see that an output is gone'
mv "$work/kept" "$output"
"$floor" deploy "$work/tree" "$work/repository" "$work/copy" > /dev/null
rm -rf "$work/repository/.aiwg/state"
diff -r -x .aiwg -x aiwg.yaml "$work/repository" "$work/copy" || fail 'the floor writes other files'

# The runner, and its page.
cp docs/performance.md "$work/page.md"
SIZES=30 ALL_SIZES='' PEER_SIZES='' RUNS=1 DIR=$work benchmarks/bench.py --aiwg "$aiwg" --write "$work/page.md" > "$work/table" 2> "$work/errors" \
  || { cat "$work/errors"; fail 'bench.py failed'; }
for text in '`aiwg --version`' '| 30 | deploy' '| 30 | check' '| 30 | sync' '| 30 | lint' '| 30 | audit'; do
  grep -qF "$text" "$work/table" || fail "no $text in the table"
  grep -qF "$text" "$work/page.md" || fail "no $text in the page"
done
[ "$(grep -c 'bench:begin\|bench:end' "$work/page.md")" -eq 2 ] || fail 'the marks of the page are gone'
