#!/bin/sh
# Prints the canonical file that an output comes from, and that file's translations.
# Goes by the names alone, and by the `path:` sources of the nearest aiwg.yaml above the working directory.
#
#   which-source.sh OUTPUT            e.g. .claude/rules/stateless-processes.md
#   which-source.sh -t TREE OUTPUT    looks in TREE instead of the sources of aiwg.yaml
#
# Exits with 0 when a source was found, 1 when none was, 64 on wrong usage.
set -eu

usage() {
  echo 'usage: which-source.sh [-t TREE] OUTPUT' >&2
  exit 64
}

trees=
while getopts t: option; do
  case $option in
    t) trees=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage
output=${1#./}

# The directory of the nearest aiwg.yaml, or where we are.
root=$PWD
while [ ! -f "$root/aiwg.yaml" ] && [ "$root" != / ]; do
  root=$(dirname "$root")
done
[ -f "$root/aiwg.yaml" ] || root=$PWD
case $output in
  "$root"/*) output=${output#"$root"/} ;;
esac

case $trees in
  '' | /*) ;;
  *) trees=$PWD/$trees ;;
esac
if [ -z "$trees" ]; then
  if [ -f "$root/aiwg.yaml" ]; then
    trees=$(sed -n 's/^ *- *path: *//p' "$root/aiwg.yaml" | sed -e 's/ #.*$//' -e 's/ *$//' -e "s/^[\"']//" -e "s/[\"']\$//")
  fi
  [ -n "$trees" ] || trees='.aiwg
.'
fi

# What kind the path speaks of; stand-ins make this a guess, so the other kinds follow.
inside=
case "/$output" in
  */skills/*)
    inside=/$output
    inside=${inside#*/skills/}
    name=${inside%%/*}
    inside=${inside#"$name"}
    kinds='skills commands agents rules'
    ;;
  */agents/*) kinds='agents rules skills commands' ;;
  */commands/* | */prompts/* | */workflows/*) kinds='commands skills rules agents' ;;
  *) kinds='rules agents commands skills' ;;
esac
if [ -z "$inside" ]; then
  name=${output##*/}
  if [ "$name" = AGENT.md ]; then # a directory for each agent
    name=${output%/*}
    name=${name##*/}
  fi
  name=${name%%.*}
fi
if ! printf '%s\n' "$name" | grep -qxE '[a-z0-9][a-z0-9-]*'; then
  echo "which-source.sh: $1: its name is not one of an artifact; search the sources for its text" >&2
  exit 1
fi

# Prints the base file of $1 (tree), $2 (kind), $3 (name), or nothing.
base() {
  [ -d "$1/$2" ] || return 0
  if [ "$2" = skills ]; then
    find "$1/$2" -path "*/$3/SKILL.md" -type f
  else
    find "$1/$2" -name "$3.md" -type f
  fi | LC_ALL=C sort | head -n 1
}

# A source that comes later wins, so the last match is the answer.
search() {
  found=
  while IFS= read -r tree; do
    case $tree in
      /*) ;;
      .) tree=$root ;;
      *) tree=$root/$tree ;;
    esac
    match=$(base "$tree" "$1" "$2")
    [ -z "$match" ] || found=$match
  done <<LIST
$trees
LIST
}

for kind in $kinds; do
  search "$kind" "$name"
  [ -z "$found" ] || break
done
if [ -z "$found" ]; then
  case $name in
    *-command) search commands "${name%-command}" ;;
    *-agent) search agents "${name%-agent}" ;;
  esac
fi
if [ -z "$found" ]; then
  echo "which-source.sh: $1: no source has the name $name; it comes from the library, or is not an output" >&2
  exit 1
fi

show() {
  printf '%s\n' "${1#"$root"/}"
}

# A file beside SKILL.md comes from the same file beside its source.
resource=${inside#/}
if [ "${found##*/}" = SKILL.md ] && [ -n "$resource" ] && [ "$resource" != SKILL.md ]; then
  resource=${found%/*}/$resource
  if [ -f "$resource" ]; then
    show "$resource"
    exit 0
  fi
fi
show "$found"
for translation in "${found%.md}".*.md; do
  [ ! -f "$translation" ] || show "$translation"
done
