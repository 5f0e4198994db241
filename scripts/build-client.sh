#!/usr/bin/env bash
# Called by Maven for the client files that the server serves: build-client.sh SOURCE OUTPUT
# Installs the package that SOURCE pins, if need be, and copies its browser builds to OUTPUT. Does nothing when they are there.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/npm.sh"

SOURCE=$1
OUTPUT=$2
PACKAGE=$SOURCE/node_modules/socket.io-client
VERSION=$(sed -n 's/.*"socket.io-client": "\([0-9.]*\)".*/\1/p' "$SOURCE/package.json")

[ "$(cat "$OUTPUT/version" 2>/dev/null)" = "$VERSION" ] && exit 0

if ! command -v npm >/dev/null && [ ! -d "$PACKAGE" ]; then
  echo "build-client: npm is needed once, for the client files that the server serves. Install Node.js with npm," >&2
  echo "              or build without them: -Dsockeye.client.skip=true" >&2
  exit 1
fi
npm_install "$SOURCE"
rm -rf "$OUTPUT"
mkdir -p "$OUTPUT"
for name in socket.io socket.io.min socket.io.esm.min socket.io.msgpack.min; do
  cp "$PACKAGE/dist/$name.js" "$PACKAGE/dist/$name.js.map" "$OUTPUT/"
done
cp "$PACKAGE/LICENSE" "$OUTPUT/"
printf '%s' "$VERSION" >"$OUTPUT/version"
