#!/usr/bin/env bash
# Makes a Debian package of a program that is built already, and prints its path.
#
#   deb.sh PROGRAM SHARE FOLDER    SHARE is what stage.sh takes
#
# The same program, share folder and SOURCE_DATE_EPOCH give the same bytes, whoever builds and whenever.
# The version is the program's own; who maintains the package is DEBFULLNAME and DEBEMAIL.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

fail() {
  echo "deb.sh: $1" >&2
  exit 1
}

[[ $# -eq 3 ]] || {
  echo 'usage: deb.sh PROGRAM SHARE FOLDER' >&2
  exit 64
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath -- "$1")
share=$(realpath -m -- "$2")
folder=$(realpath -m -- "$3")
command -v dpkg-deb >/dev/null || fail 'dpkg-deb is missing; it is in the package dpkg'

SOURCE_DATE_EPOCH=$("$here/epoch.sh")
# Threads split what they compress, and so the bytes would depend on their number.
export SOURCE_DATE_EPOCH DPKG_DEB_THREADS_MAX=1
needs=$("$here/elf.py" "$program") || exit 1
need() { sed -n "s/^$1=//p" <<<"$needs"; }
case $(need machine) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
esac
version=$("$program" --version)
[[ $version =~ ^[0-9][0-9A-Za-z.+-]*$ ]] || fail "the program calls its version '$version', which Debian would not take"
# A version before 1.0.0 that is written 1.0.0-rc.1 has to sort before it, which Debian writes with a tilde.
version=${version//-/\~}
maintainer="${DEBFULLNAME:-aiwg contributors} <${DEBEMAIL:-aiwg@localhost.localdomain}>"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
"$here/stage.sh" "$program" "$share" "$root/usr"
if [[ -d $root/usr/share/zsh/site-functions ]]; then
  # Debian's zsh looks for what packages bring in a folder of another name.
  mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
fi
completions=$root/usr/share/bash-completion/completions/aiwg
# A file that is only read by a shell names no program to run it.
[[ ! -f $completions ]] || sed -i '1{/^#!/d}' "$completions"
[[ ! -f $root/usr/share/man/man1/aiwg.1 ]] || gzip -9n "$root/usr/share/man/man1/aiwg.1"

doc=$root/usr/share/doc/aiwg
install -d "$doc" "$root/usr/share/lintian/overrides"
install -m 644 "$here/copyright" "$doc/copyright"
gzip -9nc "$here/../CHANGELOG.md" >"$doc/NEWS.md.gz"
gzip -9nc >"$doc/changelog.gz" <<END
aiwg ($version) unstable; urgency=medium

  * What changed stands in NEWS.md.gz.

 -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
END

depends=
if [[ $(need static) == yes ]]; then
  install -m 644 "$here/lintian-overrides" "$root/usr/share/lintian/overrides/aiwg"
else
  rmdir "$root/usr/share/lintian/overrides" "$root/usr/share/lintian"
  for library in $(need libraries); do
    # dpkg-shlibdeps passes over such a one with a warning; the package would be installed, and the program not start.
    [[ $library == *.so.* ]] || fail "the program needs $library, which no package of Debian has; link it statically, with \`make release\`"
  done
  command -v dpkg-shlibdeps >/dev/null || fail 'the program is linked dynamically, and what it depends on is told by dpkg-shlibdeps, in dpkg-dev'
  # It asks for a description of the source package, and takes an empty one.
  mkdir -p "$work/source/debian"
  touch "$work/source/debian/control"
  depends=$(cd "$work/source" && dpkg-shlibdeps -O "$root/usr/bin/aiwg" 2>"$work/errors" | sed -n 's/^shlibs:Depends=//p') \
    || fail "no package has all the libraries that the program needs: $(need libraries)"
  [[ -n $depends ]] || fail 'the program is linked dynamically, and depends on nothing'
fi

mkdir "$root/DEBIAN"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
{
  echo 'Package: aiwg'
  echo "Version: $version"
  echo "Architecture: $architecture"
  echo "Maintainer: $maintainer"
  # Sizes as blocks of one KiB, counted for each file: how a disk stores them must not show.
  echo "Installed-Size: $(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')"
  [[ -z $depends ]] || echo "Depends: $depends"
  echo 'Recommends: git'
  echo 'Section: devel'
  echo 'Priority: optional'
  cat "$here/description"
} >"$root/DEBIAN/control"

find "$root" -type d -exec chmod 755 {} +
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$folder"
package=$folder/aiwg_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$work/package.deb" >/dev/null
mv "$work/package.deb" "$package"
echo "$package"
