#!/usr/bin/env bash
# End-to-end latency of `veil live` at 1280x720, with nothing, ffmpeg alone or Veil between sender and receiver.
#   bench/live.sh CLIP [SECONDS] [RATE] [options of `veil live`]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
clip="$1" seconds="${2:-30}" rate="${3:-25}"
shift $(($# < 3 ? $# : 3))
python="/usr/bin/python3"
if ! "$python" -c 'import cv2' 2>/dev/null; then
  echo "live: installing python3-opencv …" >&2
  apt-get install -y --no-install-recommends python3-opencv >/dev/null
fi
exec "$python" "$root/bench/live_latency.py" "$clip" --seconds "$seconds" --rate "$rate" "$@"
