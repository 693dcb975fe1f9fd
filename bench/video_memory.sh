#!/bin/sh
# Memory of 'veil anonymize' over a long video: resident size of Veil without ffmpeg's processes, sampled every few seconds;
# the size at each tenth of the run, and the largest up to then.
#
#   bench/video_memory.sh CLIP [SECONDS]
#
# The clip is looped to SECONDS (default 600). VEIL and VEIL_ARGUMENTS as in bench/video.sh.
set -eu
clip=$1
seconds=${2:-600}
here=$(cd "$(dirname "$0")/.." && pwd)
veil=${VEIL:-dotnet $here/artifacts/bin/Veil.Cli/release/veil.dll}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ffmpeg -v error -stream_loop -1 -i "$clip" -t "$seconds" -c copy -an "$work/long.mp4"
# shellcheck disable=SC2086
$veil anonymize "$work/long.mp4" ${VEIL_ARGUMENTS:-} --encoder-preset ultrafast -o "$work/out.mp4" > "$work/log" 2>&1 &
process=$!
while kill -0 "$process" 2> /dev/null; do
    awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$process/status" >> "$work/sizes" 2> /dev/null || true
    sleep 3
done
wait "$process"
awk '{size[NR] = $1} END {for (i = 1; i <= 10; i++) {
    now = int((NR - 1) * i / 10) + 1
    for (; at < now; at++) if (size[at + 1] > most) most = size[at + 1]
    printf "%d%%\t%d MiB\tat most %d MiB\n", 10 * i, size[now], most
}}' "$work/sizes"
