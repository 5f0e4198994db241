# The verbs that test. Sourced; expects ROOT.

run_tests() {
  local fast=false argument arguments=()
  for argument in "$@"; do
    case "$argument" in
      --fast) fast=true ;;
      *) arguments+=("$argument") ;;
    esac
  done
  require_jdk
  if $fast; then
    arguments+=(-DexcludedGroups=client)
    [ ! -f "$ROOT/sockeye-app/web/package.json" ] || require_node
  else
    require_node
    require_chromium
    npm_install_clients
  fi
  # What another JDK compiled proves nothing about this one.
  if [ "$(cat "$ROOT/target/jdk" 2>/dev/null)" != "$JAVA_VERSION" ]; then
    maven -q clean
  fi
  mkdir -p "$ROOT/target"
  echo "$JAVA_VERSION" >"$ROOT/target/jdk"
  maven verify "${arguments[@]}"
}

write_api() {
  require_jdk
  maven -q test -Dtest=PublicApiTest -Dsockeye.api.update=true -Dspotless.check.skip=true -Dcheckstyle.skip=true -am \
    -pl sockeye-protocol,sockeye-server,sockeye-security,sockeye-validation,sockeye-metrics,sockeye-tracing
  echo "The public API is on record in the api.txt of each module."
}

write_docs() {
  require_jdk
  maven -q test -pl examples -am -Dtest=DocumentationTest#codeBlocksAreCutFromExamples -Dsockeye.docs.update=true \
    -Dspotless.check.skip=true -Dcheckstyle.skip=true
  echo "The code blocks of the pages are those of the examples."
}

write_bom() {
  require_jdk
  maven -q org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom
  echo "What is published, and what comes with it, is listed in target/bom.json."
}

# run_attacks OPTIONS...: all attacks write their table; a part of them only prints it.
run_attacks() {
  local options=(--log "$ROOT/target/attack.log")
  mkdir -p "$ROOT/target"
  if [ $# -eq 0 ]; then
    options+=(--page "$ROOT/docs/security.md")
  fi
  launch attack run "${options[@]}" "$@"
}
