# Finds, or on Debian installs, what the tests need beside a JDK. Sourced.

require_node() {
  has_node && return
  install_packages nodejs npm
  has_node || missing "Node.js 18 or later with npm" "nodejs npm"
}

has_node() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' </dev/null
}

# Exports SOCKEYE_CHROMIUM, the browser of the tests. A value that is set already wins.
require_chromium() {
  find_chromium && return
  install_packages chromium
  find_chromium || missing "Chromium" "chromium"
}

find_chromium() {
  local name
  for name in "${SOCKEYE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && SOCKEYE_CHROMIUM=$(command -v "$name"); then
      export SOCKEYE_CHROMIUM
      return 0
    fi
  done
  return 1
}

# Installs Debian packages if this user may; the caller looks at the result.
install_packages() {
  local as_root=()
  command -v apt-get >/dev/null || return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 0
    as_root=(sudo -n)
  fi
  echo "dev: installing $*"
  "${as_root[@]}" apt-get update -qq </dev/null || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null || true
}

missing() {
  echo "dev: $1 is needed and could not be installed from here." >&2
  echo "     Debian: sudo apt-get install $2. Without it: ./dev test --fast" >&2
  exit 1
}
