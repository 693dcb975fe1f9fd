#!/usr/bin/env bash
# What the sandbox of workers costs: servers with and without it, in turn. First how long they take until a worker is ready,
# then pictures a second under load.
#   bench/sandbox.sh PICTURE.jpg [SECONDS] [ROUNDS] [STARTS]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
picture="$1" seconds="${2:-20}" rounds="${3:-3}" starts="${4:-10}"
work="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
"$root/veil" --version >/dev/null
dotnet build "$root/bench/Veil.ServeLoad" -c Release -v quiet --nologo >/dev/null

# Sets server and address once a worker has done its first picture.
start() {
  dotnet "$root/artifacts/bin/Veil.Cli/release/veil.dll" serve --port 0 --no-keys --waiting 64 --data "$work/data" --sandbox "$1" >"$work/said" 2>/dev/null &
  server=$!
  until [ -s "$work/said" ]; do sleep 0.01; done
  address="$(sed -n 's#^veil serve: \(.*\)/$#\1#p' "$work/said")"
  until curl -sf -o /dev/null "$address/ready"; do sleep 0.01; done
}
end() { kill "$server"; wait "$server" || true; server=; rm -rf "$work/data" "$work/said"; }

for _ in $(seq "$starts"); do
  for way in none required; do
    begun="$(date +%s%N)"
    start "$way"
    echo "$way $(( ($(date +%s%N) - begun) / 1000000 ))"
    end
  done
done | awk '{ ms[$1, ++n[$1]] = $2 }
  function median(way,   i, j, t) { for (i = 1; i <= n[way]; i++) for (j = i + 1; j <= n[way]; j++) if (ms[way, j] < ms[way, i]) { t = ms[way, i]; ms[way, i] = ms[way, j]; ms[way, j] = t }
    return ms[way, int((n[way] + 1) / 2)] }
  END { printf "start until a worker is ready: %d ms without, %d ms with a sandbox (medians of %d)\n", median("none"), median("required"), n["none"] }'

for round in $(seq "$rounds"); do
  for way in none required; do
    start "$way"
    dotnet "$root/artifacts/bin/Veil.ServeLoad/release/Veil.ServeLoad.dll" "$address" any "$picture" 8 "$seconds" "$server" >"$work/load"
    end
    echo "$way $(sed -nE 's/.*per second ([0-9.]+).*/\1/p' "$work/load") $(sed -nE 's/.*ms a picture: ([0-9.]+).*/\1/p' "$work/load")"
  done
done | awk '{ rate[$1, ++n[$1]] = $2; cpu[$1, n[$1]] = $3 }
  END { for (i = 1; i <= n["none"]; i++) printf "round %d: %.1f a second without, %.1f with a sandbox, ratio %.2f; processor time of a picture %.1f and %.1f ms\n", i, rate["none", i], rate["required", i], rate["required", i] / rate["none", i], cpu["none", i], cpu["required", i] }'
