#!/usr/bin/env bash
# Feeds the rooms that read other people's bytes with EXECUTIONS random ones, under the address sanitizer.
#
#   scripts/fuzz.sh EXECUTIONS [TARGET…]
#
# Each target gets its share; `TARGET=N` gives one N. A crash, a broken law, an input that takes longer than a second and more memory
# than 1 GB are failures; the input stays in .build/fuzz/found/TARGET. With AIWG_TORTURE_REPORT set, a line of JSON for each target is
# added to that file. FUZZ_SWIFT names what builds, `swift` by default.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

executions=${1:?usage: scripts/fuzz.sh EXECUTIONS [TARGET…]}
shift
scratch=.build/fuzz
swift=${FUZZ_SWIFT:-swift}

clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
[ -x "$clang" ] || clang=clang
runtime=$("$clang" -print-resource-dir)/lib/linux
[ -e "$runtime/libclang_rt.fuzzer_no_main-x86_64.a" ] || {
  echo "skipped: the tool chain has no libFuzzer in $runtime" >&2
  exit 0
}

AIWG_FUZZ=$runtime $swift build --scratch-path "$scratch" --product Fuzz -j "${JOBS:-2}" 2> >(grep -v 'Cannot export local symbol' >&2) || exit 4
fuzz=$scratch/debug/Fuzz
"$fuzz" seeds "$scratch/seeds" || exit 4

targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <("$fuzz" list)
# Two crash handlers in one process get into each other's way.
export SWIFT_BACKTRACE=enable=no
# Swift keeps flags in unused bits of pointers, so that the leak sanitizer takes what they point to for lost; the limit of memory finds real ones.
export ASAN_OPTIONS=detect_leaks=0
share=$(((executions + ${#targets[@]} - 1) / ${#targets[@]}))
failures=0
for each in "${targets[@]}"; do
  target=${each%=*}
  runs=$share
  [ "$each" = "$target" ] || runs=${each#*=}
  found=$scratch/found/$target
  corpus=$scratch/corpus/$target
  mkdir -p "$found" "$corpus"
  log=$scratch/$target.log
  begin=$(date +%s)
  "$fuzz" "$target" -runs="$runs" -max_len="${MAX_LEN:-2048}" -timeout=1 -detect_leaks=0 -rss_limit_mb=1024 -dict="$scratch/seeds/$target.dict" \
    -artifact_prefix="$found/" -print_final_stats=1 -seed="${SEED:-0}" "$corpus" "$scratch/seeds/$target" >"$log" 2>&1
  status=$?
  done=$(awk '/stat::number_of_executed_units:/ { number = $2 } END { print number + 0 }' "$log")
  slowest=$(awk '/stat::slowest_unit_time_sec:/ { number = $2 } END { print number + 0 }' "$log")
  [ "$status" -eq 0 ] || {
    failures=$((failures + 1))
    grep -m 3 -E 'Fatal error|SUMMARY|ERROR: ' "$log" >&2
    echo "the input is in $found, the whole story in $log" >&2
  }
  line=$(printf '{"suite":"fuzz","case":"%s","count":%d,"unit":"executions","failures":%d,"seconds":%d,"notes":"slowest %d s"}' \
    "$target" "$done" "$((status != 0))" "$(($(date +%s) - begin))" "$slowest")
  echo "$line"
  [ -z "${AIWG_TORTURE_REPORT:-}" ] || echo "$line" >>"$AIWG_TORTURE_REPORT"
done
exit $((failures > 0))
