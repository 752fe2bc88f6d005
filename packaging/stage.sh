#!/bin/sh
# Puts what an installation is made of under a folder: the program, its man page and the completions of shells.
#
#   stage.sh PROGRAM SHARE ROOT    SHARE has what generate-manual.sh made, in the layout of a share folder; it may be missing
#
# `make install` and the Debian package both come from here, so that they cannot come to differ.
set -eu
if [ $# -ne 3 ]; then
  echo 'usage: stage.sh PROGRAM SHARE ROOT' >&2
  exit 64
fi
program=$1
share=$2
root=$3

install -d "$root/bin"
install -m 755 "$program" "$root/bin/aiwg"
for file in man/man1/aiwg.1 bash-completion/completions/aiwg zsh/site-functions/_aiwg fish/vendor_completions.d/aiwg.fish; do
  [ -f "$share/$file" ] || continue
  install -d "$root/share/$(dirname "$file")"
  install -m 644 "$share/$file" "$root/share/$file"
done
