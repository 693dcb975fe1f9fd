#!/bin/sh
# Throughput of 'veil anonymize' on a video at its defaults, against ffmpeg's transcode of the same video with the same
# encoder settings, and against a loop in Python with OpenCV; on the same two cores, taken in turn.
#
#   bench/video.sh CLIP [ROUNDS] [HEIGHT]
#
# HEIGHT scales the clip first, e.g. 2160 for 4K. VEIL is the program (default: the Release build), VEIL_ARGUMENTS more for
# it, LOOP=no leaves the loop out, CORES the cores (default 0,1).
set -eu
clip=$1
rounds=${2:-3}
height=${3:-}
here=$(cd "$(dirname "$0")/.." && pwd)
veil=${VEIL:-dotnet $here/artifacts/bin/Veil.Cli/release/veil.dll}
cores=${CORES:-0,1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "$height" ]; then
    ffmpeg -v error -i "$clip" -vf "scale=-2:$height:flags=lanczos" -c:v libx264 -crf 12 -preset veryfast -an "$work/clip.mp4"
    clip=$work/clip.mp4
fi

timed() {
    rm -f "$work/out.mp4"
    start=$(date +%s.%N)
    taskset -c "$cores" "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    end=$(date +%s.%N)
    echo "$end $start" | awk '{printf "%.2f", $1 - $2}'
}

printf 'round\tffmpeg s\tveil s\tratio\tpython s\tveil is faster by\n'
for round in $(seq "$rounds"); do
    plain=$(timed ffmpeg -v error -y -i "$clip" -c:v libx264 -crf 18 -preset medium -c:a copy "$work/out.mp4")
    # shellcheck disable=SC2086
    ours=$(timed $veil anonymize "$clip" ${VEIL_ARGUMENTS:-} -o "$work/out.mp4")
    loop=-
    times=-
    if [ "${LOOP:-yes}" = yes ]; then
        loop=$(timed /usr/bin/python3 "$here/bench/python_video_loop.py" "$clip" "$work/out.mp4" --model "$here/node_modules/retinaface/mnet.25_v2.onnx")
        times=$(echo "$loop $ours" | awk '{printf "%.2f", $1 / $2}')
    fi
    ratio=$(echo "$plain $ours" | awk '{printf "%.2f", $1 / $2}')
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$round" "$plain" "$ours" "$ratio" "$loop" "$times"
done
