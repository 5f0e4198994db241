# Builds and runs the programs of this repository. Sourced; expects ROOT.

# launch MODULE ARGUMENTS...: becomes the JVM, so that a signal reaches it and its exit status is ours.
launch() {
  local module=$1 options=()
  shift
  require_jdk
  [ "$module" != sockeye-app ] || [ ! -f "$ROOT/sockeye-app/web/package.json" ] || require_node
  build_program "$module"
  mapfile -t options < <(java_options)
  # shellcheck disable=SC2086
  exec "$JAVA" "${options[@]}" ${JAVA_OPTIONS:-} -jar "$ROOT/$module/target/run/sockeye-${module#sockeye-}.jar" "$@"
}

# Puts a program and its libraries into MODULE/target/run, a copy that later builds do not touch while it runs.
build_program() {
  local module=$1 run=$ROOT/$1/target/run started
  if [ -f "$run/.built" ] && [ -z "$(changed_since "$run/.built" "$module")" ]; then
    return 0
  fi
  started=$(mktemp)
  # Checks are the business of ./dev test.
  maven -q -pl "$module" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true \
    -Denforcer.skip=true >&2
  rm -rf "$run"
  mkdir -p "$run"
  cp -R "$ROOT/$module"/target/{lib,sockeye-*.jar} "$run/"
  touch -r "$started" "$run/.built"
  rm -f "$started"
}

# changed_since STAMP MODULE: prints one thing that goes into the program and is newer. Directories are newer when a
# file in them was added or removed.
changed_since() {
  local stamp=$1 module=$2 sources=()
  mapfile -t sources < <(ls -d "$ROOT"/{pom.xml,.mvn} "$ROOT"/sockeye-*/{pom.xml,src/main} "$ROOT/$module"/{pom.xml,src/main,web} \
    "$ROOT/$module"/../{pom.xml,frames/pom.xml,frames/src} 2>/dev/null)
  find "${sources[@]}" \( -name node_modules -o -name dist \) -prune -o -newer "$stamp" -print -quit
}
