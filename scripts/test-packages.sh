#!/usr/bin/env bash
# Makes the packages of a program twice, installs them where nothing else is, and runs the first example of README.md there.
#
#   test-packages.sh PROGRAM SHARE [TEST…]    tests: same deb lintian wheel pre-commit; all of them without a name
#
# A test that cannot be made here is told as skipped, with its reason, and the last line counts it apart. AIWG_ALLOW_SKIP=no makes
# a skip a failure. The root of Debian is made anew by debootstrap (as root, from AIWG_MIRROR) and is gone afterwards.
set -euo pipefail

[[ $# -ge 2 ]] || {
  echo 'usage: test-packages.sh PROGRAM SHARE [TEST…]' >&2
  exit 64
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath -- "$1")
share=$(realpath -m -- "$2")
shift 2
tests=("$@")
[[ ${#tests[@]} -gt 0 ]] || tests=(same deb lintian wheel pre-commit)
suite=bookworm
mirror=${AIWG_MIRROR:-http://deb.debian.org/debian}

work=$(mktemp -d)
work=$(realpath -- "$work")
trap 'rm -rf --one-file-system "$work"' EXIT
passed=0 failed=0 skipped=0

# One test, in a shell of its own: 0 is passed, 75 is skipped with a reason on the last line of its output.
try() {
  local status=0 log=$work/log
  printf '\n==> %s\n' "$1"
  # Not as a condition: there `set -e` would not hold inside.
  set +e
  (
    set -e
    "test_${1//-/_}"
  ) >"$log" 2>&1
  status=$?
  set -e
  cat "$log"
  case $status in
    0) passed=$((passed + 1)) && echo "passed: $1" ;;
    75) skipped=$((skipped + 1)) && echo "SKIPPED, which is not passed: $1: $(tail -n 1 "$log")" ;;
    *) failed=$((failed + 1)) && echo "FAILED: $1 ($status)" ;;
  esac
}

skip() {
  echo "$1"
  exit 75
}

fail() {
  echo "$1"
  exit 1
}

# What README.md begins with: what it types and what it says that is printed, written so that any POSIX shell runs it.
write_example() {
  mkdir -p "$1"
  awk '/^```console$/ { inside = ++blocks <= 2; next } /^```$/ { inside = 0 } inside && NF' "$here/README.md" >"$1/shown"
  sed -n 's/^\$ //p' "$1/shown" >"$1/typed"
  grep -v '^\$ ' "$1/shown" >"$1/expected"
  [[ $(wc -l <"$1/typed") -ge 5 ]] || fail 'README.md does not begin with an example any more'
  cat >"$1/run.sh" <<'END'
set -eu
cd "$(dirname "$0")"
aiwg --version
while IFS= read -r line; do
  # A check says by its exit that something is out of line.
  sh -c "$line" </dev/null || true
done <typed >printed 2>&1
cat printed
cmp expected printed
aiwg check
# A terminal of a kind that nobody knows, a language that is not there and a home that is nowhere must not matter.
env -i PATH="$PATH" TERM=none LANG=xx_XX.UTF-8 HOME=/nowhere aiwg check
echo 'the example ran'
END
}

build() {
  mkdir -p "$work/packages"
  [[ -f $work/packages/deb.path ]] || "$here/packaging/deb.sh" "$program" "$share" "$work/packages" >"$work/packages/deb.path"
  [[ -f $work/packages/wheel.path ]] || "$here/packaging/wheel.py" "$program" "$share" "$work/packages" >"$work/packages/wheel.path"
  deb=$(<"$work/packages/deb.path")
  wheel=$(<"$work/packages/wheel.path")
}

test_same() {
  build
  # The second time from elsewhere, as files of another age, with other rights, language, time zone and place.
  mkdir -p "$work/other/share"
  cp "$program" "$work/other/program"
  chmod 700 "$work/other/program"
  [[ ! -d $share ]] || cp -r "$share/." "$work/other/share/"
  find "$work/other" -type f -exec touch -d 2001-02-03 {} +
  (
    umask 077
    cd "$work/other"
    export TZ=Pacific/Auckland LC_ALL=C.UTF-8 TMPDIR=$work/other
    "$here/packaging/deb.sh" program share again
    "$here/packaging/wheel.py" program share again
  )
  for package in "$deb" "$wheel"; do
    cmp "$package" "$work/other/again/$(basename "$package")" || fail "made twice, and not the same bytes: $(basename "$package")"
    (cd "$(dirname "$package")" && sha256sum "$(basename "$package")")
  done
  # Another time must change them, or the comparison above would say nothing about time.
  SOURCE_DATE_EPOCH=1000000000 "$here/packaging/wheel.py" "$program" "$share" "$work/other/earlier"
  ! cmp -s "$wheel" "$work/other/earlier/$(basename "$wheel")" || fail 'the wheel has no time at all'
}

test_deb() {
  build
  [[ $(id -u) -eq 0 ]] || skip 'a root of Debian is made as root'
  command -v debootstrap >/dev/null || skip 'debootstrap is missing; install it with apt-get'
  [[ $(dpkg --print-architecture) == "$(dpkg-deb -f "$deb" Architecture)" ]] || skip 'the package is for another architecture'
  local root=$work/root
  debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 || {
    tail -n 3 "$work/debootstrap.log"
    skip "debootstrap could not make a root from $mirror"
  }
  inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root chroot "$root" "$@"; }
  echo "packages before: $(inside dpkg-query -f '.\n' -W | wc -l)"
  ! inside sh -c 'command -v git' || fail 'the root has git, so it is not the least one'
  cp "$deb" "$root/tmp/aiwg.deb"
  # dpkg alone: what is missing must show, and not be fetched.
  inside dpkg -i /tmp/aiwg.deb
  inside dpkg -V aiwg
  [[ -z $(inside dpkg --audit) ]]
  [[ $(inside stat -c '%U:%G %a' /usr/bin/aiwg) == 'root:root 755' ]]
  write_example "$root/srv/example"
  inside sh /srv/example/run.sh
  # As in the least of containers and in a chroot: no /proc was there.
  [[ ! -e $root/proc/self ]] || fail 'the root has /proc, and so it was not tried without'
  # Commits are looked at with git; without it that is an error that says so, and no crash.
  local status=0
  inside aiwg check --staged -C /srv/example >"$work/out" 2>&1 || status=$?
  cat "$work/out"
  [[ $status -eq 4 ]] || fail "without git: exit code $status"
  grep -q git "$work/out"
  inside dpkg -r aiwg
  [[ ! -e $root/usr/bin/aiwg && ! -e $root/usr/share/doc/aiwg ]] || fail 'removed, and something stays'
}

test_lintian() {
  build
  command -v lintian >/dev/null || skip 'lintian is missing; install it with apt-get'
  # Who makes packages for others says who maintains them, with DEBEMAIL; a page without a manual is no error of the package.
  local tags=()
  [[ -n ${DEBEMAIL-} ]] || tags+=(--suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog)
  lintian --allow-root --fail-on error,warning ${tags[@]+"${tags[@]}"} "$deb"
}

new_environment() {
  command -v python3 >/dev/null || skip 'python3 is missing'
  python3 -m venv "$work/environment" || skip 'python3 has no venv; install python3-venv'
}

test_wheel() {
  build
  new_environment
  local bin=$work/environment/bin
  # Nothing is fetched: the wheel needs nothing.
  "$bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
  "$bin/pip" check --disable-pip-version-check
  [[ $(stat -c %a "$bin/aiwg") == 755 ]] || fail 'the program may not be run'
  cmp "$program" "$bin/aiwg"
  write_example "$work/example"
  env -i PATH="$bin:/usr/bin:/bin" HOME="$work" sh "$work/example/run.sh"
  "$bin/pip" uninstall --quiet --yes --disable-pip-version-check aiwg
  [[ -z $(find "$work/environment" -iname '*aiwg*') ]] || fail 'removed, and something stays'
}

test_pre_commit() {
  build
  local pre_commit=${PRE_COMMIT:-$(command -v pre-commit || true)}
  [[ -n $pre_commit ]] || skip 'pre-commit is missing; install it with pip, or name it with PRE_COMMIT'
  command -v git >/dev/null || skip 'git is missing'
  # pre-commit makes a package of its own for a local hook, and needs that for it; aiwg must come from here alone.
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$work/packages" setuptools \
    || skip 'setuptools could not be fetched'
  write_example "$work/hooked"
  cd "$work/hooked"
  export HOME=$work PRE_COMMIT_HOME=$work/pre-commit PIP_NO_INDEX=1 PIP_FIND_LINKS=$work/packages
  local version=${wheel##*/aiwg-}
  # As docs/install.md has it.
  cat >.pre-commit-config.yaml <<END
repos:
  - repo: local
    hooks:
      - id: aiwg-check
        name: outputs are in line with their tree
        entry: aiwg check --staged
        language: python
        additional_dependencies: [aiwg==${version%%-*}]
        pass_filenames: false
        always_run: true
END
  git init --quiet
  git config user.name somebody
  git config user.email somebody@example.com
  PATH="${program%/*}:$PATH" sh run.sh
  git add --all
  "$pre_commit" run aiwg-check || fail 'the hook does not pass what is in line'
  cmp "$program" "$(find "$PRE_COMMIT_HOME" -path '*/bin/aiwg')"
  echo 'Say it once more.' >>.aiwg/rules/first-rule.md
  git add --all
  if "$pre_commit" run aiwg-check; then fail 'the hook lets drift through'; fi
  "$program" sync --quiet
  git add --all
  "$pre_commit" run aiwg-check
}

for test in "${tests[@]}"; do
  declare -F "test_${test//-/_}" >/dev/null || {
    echo "test-packages.sh: no test is called $test" >&2
    exit 64
  }
  try "$test"
done

printf '\npackages: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[[ $failed -eq 0 ]]
[[ $skipped -eq 0 || ${AIWG_ALLOW_SKIP:-yes} != no ]]
