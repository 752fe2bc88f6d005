#!/bin/sh
# Draws a first deploy, as it happens now, into an SVG file: the commands are run in a repository of their own.
#
#   generate-picture.sh AIWG FILE
set -eu
LC_ALL=C
export LC_ALL

if [ $# -ne 2 ]; then
  echo 'usage: generate-picture.sh AIWG FILE' >&2
  exit 64
fi
aiwg=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=$2
scripts=$(cd "$(dirname "$0")" && pwd)

ground=$(mktemp -d)
trap 'rm -rf "$ground"' EXIT
mkdir "$ground/repository" "$ground/bin"
# The name that people type, with colours although nobody looks.
printf '#!/bin/sh\nexec "%s" "$@" --color always\n' "$aiwg" >"$ground/bin/aiwg"
chmod +x "$ground/bin/aiwg"

# Shows a command and runs it; a check that finds something ends with 1.
typed() {
  printf '$ %s\n' "$1"
  status=0
  (cd "$ground/repository" && PATH="$ground/bin:$PATH" CI=1 sh -c "$1" 2>&1) || status=$?
  [ "$status" -le 1 ]
}

{
  typed 'aiwg init --platforms claude-code,codex,cursor'
  echo
  typed 'aiwg deploy'
  echo
  typed "echo 'Name the ticket.' >> .aiwg/rules/first-rule.md"
  typed 'aiwg check'
  echo
  typed 'aiwg sync'
} >"$ground/shown"
mkdir -p "$(dirname "$out")"
awk -v title='A first deploy in a terminal' -f "$scripts/picture.awk" "$ground/shown" >"$ground/picture"
mv "$ground/picture" "$out"
