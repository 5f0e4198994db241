# The verb that measures. Sourced; expects ROOT, and launch.sh.

# run_bench KIND ARGUMENTS...
run_bench() {
  local kind=${1:-help}
  [ $# -gt 0 ] && shift
  case "$kind" in
    # One busy thread and little garbage: collectors with threads of their own would only take from the other side.
    load) JAVA_OPTIONS=${JAVA_OPTIONS:--XX:+UseSerialGC} && launch sockeye-app bench "$@" ;;
    compare | growth) bench_servers "$kind" "$@" ;;
    jmh) bench_jmh "$@" ;;
    # Records do not tell where their fields are.
    sessions) JAVA_OPTIONS="-Djol.magicFieldOffset=true ${JAVA_OPTIONS:-}" launch benchmarks sessions "$@" ;;
    *)
      echo "dev: bench has these kinds: load MODE [options], compare [options], growth [options], jmh [regex],
     sessions. The first three know --help." >&2
      exit 2
      ;;
  esac
}

# bench_servers compare|growth [--jdk HOME] ARGUMENTS...: builds all servers and the load tester, and becomes the program that
# measures them.
bench_servers() {
  local kind=$1 server_jdk='' arguments=() typed="./dev bench $*"
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      --jdk)
        server_jdk=${2:?--jdk wants the home of a JDK}
        shift
        ;;
      --jdk=*) server_jdk=${1#*=} ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  # Where a JDK is on this machine is of no interest to who reads the page.
  typed=${typed//"${server_jdk:-nothing}"/HOME}
  require_jdk
  require_node
  local module
  for module in benchmarks sockeye-app conformance benchmarks/peers/{netty,vertx,netty-socketio}; do
    build_program "$module"
  done
  npm_install "$ROOT/benchmarks/peers/node"
  npm_install "$ROOT/benchmarks/peers/uws"
  if ! build_uws; then
    arguments+=(--note "There is no column of the C++ server: it could not be compiled, which needs g++ and the headers of OpenSSL and zlib.")
  fi
  mapfile -t -O ${#arguments[@]} arguments < <(server_options "$server_jdk")
  exec "$JAVA" -jar "$ROOT/benchmarks/target/run/sockeye-benchmarks.jar" "$kind" --root "$ROOT" --typed "${typed% }" \
    --tester="$JAVA" --tester=-jar --tester="$ROOT/sockeye-app/target/run/sockeye-app.jar" --tester=bench "${arguments[@]}"
}

# Prints how servers in Java are run, one argument a line: with the same options for all.
server_options() {
  (
    [ -z "$1" ] || JAVA_HOME=$1
    require_jdk
    echo "--server-java=$JAVA"
    { java_options && printf '%s\n' -Xmx1g -XX:+UseSerialGC; } | sed 's/^/--server-java-option=/'
  )
}

# Compiles the C++ server; where packages can be installed, it gets what that needs.
build_uws() {
  local home=$ROOT/benchmarks/peers/uws
  local program=$home/target/uws
  if [ "$program" -nt "$home/server.cpp" ] && [ "$program" -nt "$home/package-lock.json" ]; then
    return 0
  fi
  mkdir -p "$home/target"
  rm -f "$program"
  compile_uws "$home" || { install_packages g++ libssl-dev zlib1g-dev >&2 && compile_uws "$home"; } || return 1
}

compile_uws() {
  local home=$1 source sources=()
  command -v g++ >/dev/null || return 1
  for source in Extensions Group Networking Hub Node WebSocket HTTPSocket Socket Epoll; do
    sources+=("$home/node_modules/uws/src/$source.cpp")
  done
  # Warnings about the sources of others are not ours.
  g++ -O3 -DNDEBUG -std=c++11 -w -I "$home/node_modules/uws/src" -o "$home/target/uws" "$home/server.cpp" "${sources[@]}" \
    -lssl -lcrypto -lz -lpthread >"$home/target/log" 2>&1
}

# bench_jmh [REGEX] OPTIONS...: becomes JMH. The settings are annotations, which options override.
bench_jmh() {
  local options=()
  require_jdk
  build_program benchmarks
  mapfile -t options < <(java_options)
  # shellcheck disable=SC2086
  exec "$JAVA" "${options[@]}" ${JAVA_OPTIONS:-} -cp "$ROOT/benchmarks/target/run/sockeye-benchmarks.jar" org.openjdk.jmh.Main \
    -prof gc "$@"
}
