#!/bin/sh
# Writes Sources/CShipped/shipped.c: the table of platforms.yaml and of the library tree, whose bytes the
# compiler embeds. Run it when a file was added, removed, renamed, or changed its run bit; contents need no new run.
#
#   generate-shipped.sh            writes the file when it differs
#   generate-shipped.sh --check    writes nothing; exits with 1 when the file is stale
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.."

out=Sources/CShipped/shipped.c
check=
case "$#:${1-}" in
  0:) ;;
  1:--check) check=yes ;;
  *)
    echo 'usage: generate-shipped.sh [--check]' >&2
    exit 64
    ;;
esac

if [ ! -f platforms.yaml ]; then
  echo 'generate-shipped.sh: platforms.yaml: no such file' >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Files of the index and new ones that are not ignored; without git (a source archive), all that is there.
candidates() {
  if [ -e .git ] && command -v git >/dev/null 2>&1; then
    git -c core.quotePath=false ls-files --cached --others --exclude-standard -- platforms.yaml agents behaviors commands rules skills
  else
    for path in platforms.yaml agents behaviors commands rules skills; do
      if [ -e "$path" ]; then find "$path" -type f; fi
    done
  fi
}

candidates >"$work/candidates"
sort -u "$work/candidates" | while IFS= read -r path; do
  [ -f "$path" ] || continue # deleted, but still in the index
  case "/$path" in
    */.*) continue ;;
  esac
  case $path in
    *[!A-Za-z0-9._/-]*)
      echo "generate-shipped.sh: $path: only letters, digits and . _ / - may be in the path of a shipped file" >&2
      exit 2
      ;;
  esac
  printf '%s\n' "$path"
done >"$work/paths"

{
  cat <<'HEAD'
// Written by scripts/generate-shipped.sh; do not edit.
#include "shipped.h"

// A zero byte ends every array, so that an empty file is an array too. It is not counted in the size.
#pragma clang diagnostic ignored "-Wc23-extensions"

HEAD
  number=0
  while IFS= read -r path; do
    printf 'static const unsigned char file_%d[] = {\n' "$number"
    printf '#embed "../../%s" suffix(, 0) if_empty(0)\n};\n' "$path"
    number=$((number + 1))
  done <"$work/paths"

  printf '\nstatic const struct aiwg_shipped_file files[] = {\n'
  number=0
  while IFS= read -r path; do
    executable=0
    [ ! -x "$path" ] || executable=1
    printf '  {"%s", file_%d, sizeof file_%d - 1, %d},\n' "$path" "$number" "$number" "$executable"
    number=$((number + 1))
  done <"$work/paths"
  printf '};\nconst struct aiwg_shipped_file *const aiwg_shipped_files = files;\n'
  printf 'const size_t aiwg_shipped_count = %d;\n' "$number"
} >"$work/shipped.c"

if cmp -s "$work/shipped.c" "$out"; then
  exit 0
fi
if [ -n "$check" ]; then
  echo "generate-shipped.sh: $out is stale; run: make shipped" >&2
  if [ -f "$out" ]; then
    diff -u "$out" "$work/shipped.c" >&2 || true
  fi
  exit 1
fi
cat "$work/shipped.c" >"$out"
