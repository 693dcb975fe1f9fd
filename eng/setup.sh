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
  touch "$root/node_modules/.package-lock.json"
}

build() { # build PROJECT-OR-SOLUTION DESCRIPTION
  need ".NET SDK" 10 "$(cd "$root" && dotnet --version 2>/dev/null || true)" "Install the .NET 10 SDK."
  step "$2" dotnet build "$root/$1" -c Release --nologo -v quiet -p:RestoreLockedMode=true
}
