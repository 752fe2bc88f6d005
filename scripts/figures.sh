#!/bin/sh
# Prints a Markdown table of figures: each file holds lines of JSON with their keys in one order, as Tests/TestSupport/Figures.swift writes them.
exec awk '
  function value(key) {
    if (!match($0, "\"" key "\":(\"[^\"]*\"|[0-9.]+)")) return ""
    text = substr($0, RSTART, RLENGTH)
    sub("^\"" key "\":", "", text)
    gsub("\"", "", text)
    return text
  }
  BEGIN { print "| suite | case | tried | failures | seconds | notes |\n|---|---|---:|---:|---:|---|" }
  {
    printf "| %s | %s | %d %s | %d | %s | %s |\n", value("suite"), value("case"), value("count"), value("unit"), value("failures"), value("seconds"), value("notes")
    tried += value("count")
    failures += value("failures")
    seconds += value("seconds")
  }
  END { printf "| all | | %d | %d | %d | |\n", tried, failures, seconds }
' "$@"
