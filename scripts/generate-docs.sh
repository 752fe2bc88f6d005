#!/bin/sh
# Writes the pages that a binary knows best: docs/commands, docs/platforms.md and docs/platforms.
#
#   generate-docs.sh AIWG [FOLDER]    FOLDER is docs without it
set -eu
LC_ALL=C
export LC_ALL

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo 'usage: generate-docs.sh AIWG [FOLDER]' >&2
  exit 64
fi
case $1 in
  /*) aiwg=$1 ;;
  *) aiwg=$PWD/$1 ;;
esac
out=${2-$(dirname "$0")/../docs}
mkdir -p "$out"
out=$(cd "$out" && pwd)
scripts=$(cd "$(dirname "$0")" && pwd)

# All of it is made apart and moved to its places at the end. `nothing` is a repository without files of its own.
new=$(mktemp -d "$out/new.XXXXXX")
trap 'rm -rf "$new"' EXIT
mkdir "$new/commands" "$new/platforms" "$new/nothing"

"$aiwg" --experimental-dump-help >"$new/help.json"
awk -v out="$new/commands" -f "$scripts/json.awk" -f "$scripts/help.awk" -f "$scripts/pages.awk" "$new/help.json"

cat >"$new/platforms.md" <<'END'
<!-- Written by `make docs` from platforms.yaml; do not edit. -->
# Platforms

Each page says what a platform takes and reads, in its own order, and what becomes of each field there; `aiwg platforms ID` prints the same. The day is the one on which the entry was compared with the vendor's page.

| platform | id, aliases | compared | vendor |
|---|---|---|---|
END
"$aiwg" platforms --target "$new/nothing" | awk -F '   *' '{ print $1 "|" $2 "|" $3 "|" $4 }' >"$new/list"
while IFS='|' read -r names title day address; do
  id=${names%%,*}
  printf '| [%s](platforms/%s.md) | `%s` | %s | <%s> |\n' "$title" "$id" "$names" "$day" "$address" >>"$new/platforms.md"
  {
    printf '<!-- Written by `make docs` from platforms.yaml; do not edit. -->\n# %s\n\n```text\n' "$title"
    "$aiwg" platforms "$id" --target "$new/nothing"
    printf '```\n\n[All platforms](../platforms.md)\n'
  } >"$new/platforms/$id.md"
done <"$new/list"

rm -rf "$out/commands" "$out/platforms"
mv "$new/commands" "$new/platforms" "$new/platforms.md" "$out"
