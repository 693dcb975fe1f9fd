#!/usr/bin/env bash
# Pictures per second of `veil dataset anonymize`: one worker on one core, two workers on two cores, and two shards of one
# worker on a core each. Rounds are taken in turn; the ratios are medians of ratios within a round.
#   bench/dataset_scaling.sh PICTURES [ROUNDS] [COPIES] [OPTIONS OF dataset anonymize …]
# Also says what a run costs beside the pictures: bytes of manifest and journal a picture, and files read and written.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
pictures="$1" rounds="${2:-5}" copies="${3:-4}"
shift "$(($# < 3 ? $# : 3))"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for copy in $(seq "$copies"); do mkdir -p "$work/in/train/$copy"; cp "$pictures"/*.[jJ][pP]*[gG] "$work/in/train/$copy/"; done
"$root/veil" doctor >/dev/null || true

veil() { # veil CORES OUT OPTIONS...
  local cores="$1" out="$2"; shift 2
  taskset -c "$cores" "$root/veil" dataset anonymize image-folders "$work/in" -o "$out" "$@" 2>&1 | sed -nE 's/^veil: ([0-9,]+) pictures? anonymized.* in ([0-9.]+) s .*/\1 \2/p' | tr -d ,
}

for round in $(seq "$rounds"); do
  rm -rf "$work"/out-*
  one="$(veil 0 "$work/out-1" --jobs 1 "$@")"
  two="$(veil 0,1 "$work/out-2" --jobs 2 "$@")"
  { veil 0 "$work/out-s" --jobs 1 --shard 1/2 "$@" >"$work/s1" & veil 1 "$work/out-s" --jobs 1 --shard 2/2 "$@" >"$work/s2"; wait; }
  "$root/veil" dataset merge "$work/out-s" 2>/dev/null
  diff -r -x .veil "$work/out-1" "$work/out-2" && diff -r -x .veil "$work/out-1" "$work/out-s"
  echo "$one $two $(cat "$work/s1" "$work/s2" | tr '\n' ' ')" | tee -a "$work/rounds" >&2
done

items="$(wc -l <"$work/out-1/SHA256SUMS")"
python3 - "$work/rounds" "$items" "$(stat -c %s "$work/out-1/.veil/manifest.jsonl")" "$(cat "$work"/out-1/.veil/journal-*.jsonl | wc -c)" "$(du -sb "$work/in" | cut -f1)" "$(du -sb --exclude=.veil "$work/out-1" | cut -f1)" <<'PYTHON'
import statistics, sys
rounds = [list(map(float, line.split())) for line in open(sys.argv[1])]
items, manifest, journal, read, written = map(float, sys.argv[2:])
one = [r[0] / r[1] for r in rounds]
two = [r[2] / r[3] for r in rounds]
shards = [(r[4] + r[6]) / max(r[5], r[7]) for r in rounds]
median = statistics.median
print(f"pictures/s: 1 worker {median(one):.1f}, 2 workers {median(two):.1f}, 2 shards {median(shards):.1f}")
print(f"linear (1.00 is twice one worker): 2 workers {median(t / 2 / o for t, o in zip(two, one)):.2f}, 2 shards {median(s / 2 / o for s, o in zip(shards, one)):.2f}  ({len(rounds)} rounds, medians)")
print(f"per picture: manifest {manifest / items:.0f} B, journal {journal / items:.0f} B, read {read / items / 1000:.0f} kB, written {written / items / 1000:.0f} kB")
PYTHON
