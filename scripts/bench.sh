# The load tester. Sourced; expects launch.sh.

# run_bench KIND ARGUMENTS...
run_bench() {
  local kind=${1:-help}
  [ $# -gt 0 ] && shift
  case "$kind" in
    # One busy thread and little garbage: collectors with threads of their own would only take from the other side.
    load) JAVA_OPTIONS=${JAVA_OPTIONS:--XX:+UseSerialGC} && launch sockeye-app bench "$@" ;;
    *)
      echo "dev: bench has these kinds: load MODE [options] (./dev bench load --help)." >&2
      exit 2
      ;;
  esac
}
