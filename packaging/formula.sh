#!/bin/sh
# Writes the formula for Homebrew of a release to the standard output.
#
#   formula.sh VERSION URL SOURCE    SOURCE is the archive that URL names, as a file here
#
# HOMEPAGE in the environment is the page of the project; without it, it is the address up to `/archive` or `/releases`.
set -eu
if [ $# -ne 3 ]; then
  echo 'usage: formula.sh VERSION URL SOURCE' >&2
  exit 64
fi
case $1$2${HOMEPAGE-} in
  *[!A-Za-z0-9.:/_~%+=?\&-]*)
    echo 'formula.sh: the version or an address has a character that could be more than text in Ruby' >&2
    exit 64
    ;;
esac
homepage=${HOMEPAGE:-$(printf '%s' "$2" | sed 's,/-/.*,,; s,/archive/.*,,; s,/releases/.*,,')}
if command -v sha256sum >/dev/null; then
  digest=$(sha256sum <"$3")
else
  digest=$(shasum -a 256 <"$3")
fi
escaped() { printf '%s' "$1" | sed 's/[&,\\]/\\&/g'; }
sed -e '1d' -e "s,@VERSION@,$(escaped "$1")," -e "s,@URL@,$(escaped "$2")," -e "s,@HOMEPAGE@,$(escaped "$homepage")," \
  -e "s,@SHA256@,${digest%% *}," "$(dirname "$0")/homebrew/aiwg.rb"
