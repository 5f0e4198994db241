#!/usr/bin/env bash
# Called by Maven for the web page of sockeye-app.
#   build-web.sh build WEB OUTPUT    builds WEB if a file of it changed and copies the result to OUTPUT
#   build-web.sh test WEB [SKIP]     runs its tests, unless SKIP is "true"
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/npm.sh"

# Prints a checksum over the names and contents of all sources.
sources() {
  (cd "$1" && find . \( -name node_modules -o -name dist \) -prune -o -type f -print | LC_ALL=C sort |
    while IFS= read -r file; do
      echo "$file"
      cksum <"$file"
    done | cksum)
}

build() {
  local web=$1 output=$2 now stamp=$1/node_modules/.sockeye-build
  npm_install "$web"
  now=$(sources "$web")
  if [ ! -d "$web/dist" ] || [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$now" ]; then
    (cd "$web" && npm run --silent build </dev/null)
    echo "$now" >"$stamp"
  fi
  if ! diff -rq "$web/dist" "$output" >/dev/null 2>&1; then
    rm -rf "$output"
    mkdir -p "$output"
    cp -R "$web/dist/." "$output/"
  fi
}

case "$1" in
  build) build "$2" "$3" ;;
  test)
    if [ "${3:-false}" != true ]; then
      npm_install "$2"
      (cd "$2" && npm test --silent </dev/null)
    fi
    ;;
esac
