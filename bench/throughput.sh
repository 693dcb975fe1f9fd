#!/usr/bin/env bash
# Throughput of `veil anonymize` at 2 workers beside its floor (decode + one detection + encode), and beside a plain Python +
# OpenCV loop that does the same job with the same model at the same scales. Rounds are taken in turn.
#   bench/throughput.sh PICTURES [ROUNDS]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
pictures="$1" rounds="${2:-3}"
python="/usr/bin/python3"
if ! "$python" -c 'import cv2' 2>/dev/null; then
  echo "throughput: installing python3-opencv …" >&2
  apt-get install -y --no-install-recommends python3-opencv >/dev/null
fi
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
for round in $(seq "$rounds"); do
  "$root/veil" bench "$pictures" --jobs 2 --rounds 1 --detector retinaface --method gaussian --json | tee -a "$out/veil.jsonl"
  "$python" "$root/bench/python_loop.py" "$pictures" "$out/python" --model "$root/node_modules/retinaface/mnet.25_v2.onnx" --json | tee -a "$out/python.jsonl"
done
"$python" - "$out" <<'PYTHON'
import json, statistics, sys
read = lambda name: [json.loads(line) for line in open(f"{sys.argv[1]}/{name}.jsonl")]
veil, python = read("veil"), read("python")
floor = statistics.median(v["ratioToFloor"] for v in veil)
loop = statistics.median(v["anonymizePerSecond"] / p["picturesPerSecond"] for v, p in zip(veil, python))
print(f"anonymize / floor: {floor:.2f}    anonymize / Python loop: {loop:.2f}    ({len(veil)} rounds, medians)")
PYTHON
