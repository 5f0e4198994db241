# Installs npm packages when a lock file changed. Sourced.

# npm_install DIRECTORY: node_modules as package-lock.json has it. Does nothing when it is so already.
npm_install() {
  local directory=$1 wanted stamp=$1/node_modules/.sockeye-lock
  wanted=$(cksum <"$directory/package-lock.json")
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    return 0
  fi
  (cd "$directory" && npm ci --no-audit --no-fund --loglevel=error </dev/null)
  mkdir -p "$directory/node_modules"
  echo "$wanted" >"$stamp"
}

# Installs the packages of the clients that tests drive: every lock file but the web page's, which Maven sees to.
npm_install_clients() {
  local lock
  while IFS= read -r lock; do
    npm_install "$(dirname "$lock")"
  done < <(find "$ROOT" \( -name node_modules -o -name target -o -name .git -o -path "$ROOT/sockeye-app/web" \) -prune \
    -o -name package-lock.json -print)
}
