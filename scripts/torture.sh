#!/bin/sh
# Runs the torture suites in full against a binary, AIWG_BINARY or the release build, and prints their figures as a Markdown table.
# What is given goes to `swift test`. Takes about an hour; fails when any suite does.
set -eu
cd "$(dirname "$0")/.."

report=$(mktemp)
trap 'rm -f "$report"' EXIT
status=0
AIWG_TORTURE=${AIWG_TORTURE:-full} AIWG_TORTURE_REPORT=$report AIWG_BINARY=${AIWG_BINARY:-$PWD/.build/release/aiwg} \
  "${SWIFT:-swift}" test --filter TortureTests "$@" || status=$?

# The lines are JSON with the keys in one order: see Tests/TortureTests/Figures.swift.
awk '
  function value(key) {
    if (!match($0, "\"" key "\":(\"[^\"]*\"|[0-9.]+)")) return ""
    text = substr($0, RSTART, RLENGTH)
    sub("^\"" key "\":", "", text)
    gsub("\"", "", text)
    return text
  }
  BEGIN { print "\n| suite | case | tried | failures | seconds | notes |\n|---|---|---:|---:|---:|---|" }
  {
    printf "| %s | %s | %d %s | %d | %s | %s |\n", value("suite"), value("case"), value("count"), value("unit"), value("failures"), value("seconds"), value("notes")
    tried += value("count")
    failures += value("failures")
    seconds += value("seconds")
  }
  END { printf "| all | | %d | %d | %d | |\n", tried, failures, seconds }
' "$report"
exit "$status"
