# The verb that measures. Sourced; expects launch.sh.

# run_bench KIND ARGUMENTS...
run_bench() {
  local kind=${1:-}
  [ $# -gt 0 ] && shift
  case "$kind" in
    jmh) bench_jmh "$@" ;;
    # Records do not tell where their fields are.
    sessions) JAVA_OPTIONS="-Djol.magicFieldOffset=true ${JAVA_OPTIONS:-}" launch benchmarks sessions "$@" ;;
    *)
      echo "dev: bench has these kinds: jmh, sessions." >&2
      exit 2
      ;;
  esac
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
