#!/bin/sh
# Times every kernel and the same operation of OpenCV, one after the other on this machine, and prints the ratios.
# Usage: bench/kernels.sh [BenchmarkDotNet filter]
set -eu
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet run -c Release --project bench/Veil.Benchmarks -- --filter "${1:-*.Kernels.*}" --exporters json --artifacts "$results" >"$results/log" 2>&1 || { cat "$results/log"; exit 1; }
/usr/bin/python3 bench/opencv_kernels.py "$results"/results/*.json
