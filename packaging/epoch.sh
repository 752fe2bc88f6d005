#!/bin/sh
# Prints the time that packages carry, in seconds: SOURCE_DATE_EPOCH, or that of the commit, or 1980, where no git is.
set -eu
if [ -n "${SOURCE_DATE_EPOCH-}" ]; then
  echo "$SOURCE_DATE_EPOCH"
else
  git -C "$(dirname "$0")" log -1 --format=%ct 2>/dev/null || echo 315532800
fi
