#!/usr/bin/env bash
# Feeds changed files to every entry point that takes bytes from outside, in a worker process, and lists crashes, hangs and
# exceptions that are not Veil's own, each with the number that repeats it.
#   bench/fuzz.sh MINUTES [--seed N]
#   bench/fuzz.sh case N
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dotnet build "$root/bench/Veil.Fuzz" -c Release --nologo -v quiet >&2
exec nice -n 19 dotnet "$root/artifacts/bin/Veil.Fuzz/release/Veil.Fuzz.dll" "$@"
