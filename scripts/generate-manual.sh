#!/bin/sh
# Writes the man page and the completions of shells from the help of a binary.
#
#   generate-manual.sh AIWG FOLDER    into FOLDER/man/man1, FOLDER/bash-completion/completions, FOLDER/zsh/site-functions and
#                                     FOLDER/fish/vendor_completions.d
#
# The same binary gives the same bytes: the page has the newest day that CHANGELOG.md names, or the one of SOURCE_DATE_EPOCH.
set -eu
LC_ALL=C
export LC_ALL

if [ $# -ne 2 ]; then
  echo 'usage: generate-manual.sh AIWG FOLDER' >&2
  exit 64
fi
case $1 in
  /*) aiwg=$1 ;;
  *) aiwg=$PWD/$1 ;;
esac
case $2 in
  /*) out=$2 ;;
  *) out=$PWD/$2 ;;
esac
cd "$(dirname "$0")/.."

day() {
  if [ -n "${SOURCE_DATE_EPOCH-}" ]; then
    date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%d
    return
  fi
  # The day of the data, while no version has one.
  days=$(sed -n 's/^## .*\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\).*/\1/p' CHANGELOG.md)
  [ -n "$days" ] || days=$(sed -n 's/^ *verified: *"\{0,1\}\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\).*/\1/p' platforms.yaml)
  printf '%s\n' "$days" | sort | tail -n 1
}

# A file is whole or is not there: a failing binary must not leave an empty one.
into() {
  mkdir -p "$(dirname "$1")"
  new=$1.new
  file=$1
  shift
  "$@" >"$new" || {
    rm -f "$new"
    exit 1
  }
  mv "$new" "$file"
}

help=$(mktemp)
trap 'rm -f "$help"' EXIT
"$aiwg" --experimental-dump-help >"$help"

into "$out/man/man1/aiwg.1" \
  awk -v version="$("$aiwg" --version)" -v day="$(day)" -f scripts/json.awk -f scripts/help.awk -f scripts/manual.awk "$help"
into "$out/bash-completion/completions/aiwg" "$aiwg" --generate-completion-script bash
into "$out/zsh/site-functions/_aiwg" "$aiwg" --generate-completion-script zsh
into "$out/fish/vendor_completions.d/aiwg.fish" "$aiwg" --generate-completion-script fish
