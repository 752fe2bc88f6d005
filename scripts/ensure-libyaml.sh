#!/bin/sh
# Makes sure that the build finds libyaml: does nothing when pkg-config knows yaml-0.1, and installs it otherwise.
set -eu

found() {
  command -v pkg-config >/dev/null 2>&1 && pkg-config --exists yaml-0.1
}

fail() {
  echo "ensure-libyaml.sh: $1" >&2
  exit 1
}

if found; then
  exit 0
fi

if command -v apt-get >/dev/null 2>&1; then
  packages='libyaml-dev pkg-config'
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail "libyaml is missing; as root, run: apt-get install $packages"
    as_root=sudo
  fi
  install_packages() {
    # Unquoted on purpose: an absent sudo vanishes and the packages are two words.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
  }
  echo "libyaml is missing: installing $packages with ${as_root:+$as_root }apt-get" >&2
  # Package lists are fetched only when the ones at hand do not do.
  if ! install_packages; then
    echo 'not with the package lists at hand: running apt-get update, then once more' >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update
    install_packages
  fi
elif command -v brew >/dev/null 2>&1; then
  echo 'libyaml is missing: installing libyaml and pkg-config with brew' >&2
  brew install libyaml pkg-config
else
  fail 'libyaml is missing; install its development files and pkg-config (Fedora: libyaml-devel, Alpine: yaml-dev, Arch: libyaml)'
fi

found || fail 'installed, but pkg-config does not find yaml-0.1; check: pkg-config --exists --print-errors yaml-0.1'
