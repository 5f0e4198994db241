# The load tester. Sourced; expects launch.sh.

# run_bench KIND ARGUMENTS...
run_bench() {
  local kind=${1:-help}
  [ $# -gt 0 ] && shift
  case "$kind" in
    load) launch sockeye-app bench "$@" ;;
    *)
      echo "dev: bench has these kinds: load MODE [options] (./dev bench load --help)." >&2
      exit 2
      ;;
  esac
}
