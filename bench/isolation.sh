#!/usr/bin/env bash
# What --isolate costs: the same pictures anonymized with and without it, in turn, as whole commands.
#   bench/isolation.sh PICTURES [COUNT] [ROUNDS]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
pictures="$1" count="${2:-60}" rounds="${3:-3}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$root/veil" --version >/dev/null
mkdir "$work/in"
find -L "$pictures" -type f -name '*.jpg' | LC_ALL=C sort | awk -v count="$count" 'NR <= count' | while read -r picture; do
  cp "$picture" "$work/in/$(tr / _ <<<"${picture#"$pictures"/}")"
done
for round in $(seq "$rounds"); do
  for way in plain isolated; do
    start="$(date +%s.%N)"
    if [ "$way" = isolated ]; then flags=(--isolate); else flags=(); fi
    "$root/veil" anonymize "$work/in" -o "$work/$way-$round" --jobs 2 --detector retinaface "${flags[@]}" 2>/dev/null || { echo "isolation: a picture failed" >&2; exit 1; }
    echo "$way $(date +%s.%N) $start"
  done
done | awk '{ seconds[$1, ++n[$1]] = $2 - $3 }
  END { for (i = 1; i <= n["plain"]; i++) printf "round %d: plain %.1f s, isolated %.1f s, throughput ratio %.2f\n", i, seconds["plain", i], seconds["isolated", i], seconds["plain", i] / seconds["isolated", i] }'
diff -r --exclude=veil-report.json --exclude=.veil-journal.jsonl "$work/plain-1" "$work/isolated-1" && echo "same bytes"
