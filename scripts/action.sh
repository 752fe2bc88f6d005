#!/usr/bin/env bash
# What the action runs: aiwg with annotations, a summary for people, and SARIF where it is wanted.
# It takes the aiwg that is on the path; without one it builds it from the action's own files, for which Swift has to be there.
set -euo pipefail

command=${AIWG_COMMAND:-check}
directory=${AIWG_DIRECTORY:-.}
sarif=${AIWG_SARIF:-}
read -r -a arguments <<<"${AIWG_ARGUMENTS:-}"

case $command in
  check | lint | audit | verify) ;;
  *)
    echo "::error title=aiwg::the command must be check, lint, audit or verify"
    exit 64
    ;;
esac

aiwg=$(command -v aiwg || true)
if [[ -z $aiwg ]]; then
  if ! command -v swift >/dev/null; then
    echo "::error title=aiwg::neither aiwg nor Swift is on the path; install one of them in a step before"
    exit 69
  fi
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  "$here/scripts/ensure-libyaml.sh"
  build=${RUNNER_TEMP:-/tmp}/aiwg-build
  echo "::group::build aiwg"
  swift build --package-path "$here" --scratch-path "$build" -c release --product aiwg
  echo "::endgroup::"
  aiwg=$build/release/aiwg
fi

run() {
  "$aiwg" "$command" -C "$directory" ${arguments[@]+"${arguments[@]}"} "$@"
}

code=0
run --format github || code=$?
if [[ -n $sarif ]]; then
  # The findings are told already; what counts here is the file.
  run --format sarif >"$sarif" || true
fi
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  {
    echo "### \`aiwg $command\` ended with $code"
    echo '```text'
    # A fence in the output would end this one.
    run --color never 2>&1 | head -c 60000 | sed 's/```/ʼʼʼ/g' || true
    echo '```'
  } >>"$GITHUB_STEP_SUMMARY"
fi
[[ -z ${GITHUB_OUTPUT:-} ]] || echo "exit=$code" >>"$GITHUB_OUTPUT"
exit "$code"
