# Coverage-guided fuzzing of the decoders with Jazzer. Sourced; expects ROOT.

# run_fuzz [MINUTES] [TARGET...]: one target after the other. What was learned stays in target/fuzz for the next time.
run_fuzz() {
  local minutes=5 targets=() target found=0
  if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    minutes=$1
    shift
  fi
  require_jdk
  mapfile -t targets < <(fuzz_targets "$@")
  [ ${#targets[@]} -gt 0 ] || no_target "$@"
  build_fuzz
  for target in "${targets[@]}"; do
    fuzz_one "$target" $((minutes * 60)) || found=$((found + 1))
  done
  echo "fuzz: ${#targets[@]} targets, $found with a finding."
  [ "$found" -eq 0 ]
}

# Prints the sources of the targets with the given names, or of all.
fuzz_targets() {
  local name
  for name in "${@:-*Fuzz}"; do
    find "$ROOT"/sockeye-*/src/test/java -name "$name.java" | sort
  done
}

no_target() {
  echo "dev: there is no fuzz target \"$*\". There are:" >&2
  fuzz_targets | xargs -n 1 basename -s .java >&2
  exit 2
}

build_fuzz() {
  maven -q -Pfuzz -pl sockeye-protocol,sockeye-server,sockeye-security -am test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/fuzz.classpath -Dsockeye.client.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true -Denforcer.skip=true
}

# fuzz_one SOURCE SECONDS: false if there was a finding.
# Netty keeps away from Unsafe, since the hooks that look for its misuse do not stand how Netty finds it.
fuzz_one() {
  local module=${1%%/src/test/*} class=${1#*/src/test/java/} name classpath work
  class=${class%.java}
  class=${class//\//.}
  name=${class##*.}
  work=$ROOT/target/fuzz/$name
  classpath=$module/target/classes:$module/target/test-classes:$(cat "$module/target/fuzz.classpath")
  mkdir -p "$work/inputs" "$work/findings"
  echo "fuzz: $name"
  if (cd "$work" && "$JAVA" -Xmx512m -Dio.netty.noUnsafe=true -cp "$classpath" com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    '--instrumentation_includes=io.sockeye.**' --reproducer_path="$work/findings" -artifact_prefix="$work/findings/" \
    -max_total_time="$2" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    "$work/inputs" "$module/src/test/fuzz/$name" </dev/null) >"$work/log" 2>&1; then
    sed -n 's/^Done /fuzz:   /p' "$work/log"
    return 0
  fi
  grep -E '^(==|Caused by|	at io\.sockeye|Test unit|artifact_prefix)' "$work/log" | head -n 12 || tail -n 5 "$work/log"
  echo "fuzz:   A FINDING, or the target did not run: $work/log. Its input is in $work/findings"
  return 1
}
