# Finds the JDK and runs Maven with it. Sourced; expects ROOT.

# Sets JAVA (the program) and JAVA_VERSION (17, 25, ...), or ends the script with advice.
require_jdk() {
  if [ -n "${JAVA_HOME:-}" ]; then
    JAVA=$JAVA_HOME/bin/java
    [ -x "$JAVA" ] || no_jdk "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it."
  else
    JAVA=$(command -v java) || no_jdk "JAVA_HOME is not set and there is no java on the PATH."
  fi
  JAVA_VERSION=$("$JAVA" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = //p')
  case "$JAVA_VERSION" in
    '' | *[!0-9]*) no_jdk "$JAVA is Java ${JAVA_VERSION:-of an unknown version}." ;;
  esac
  [ "$JAVA_VERSION" -ge 17 ] || no_jdk "$JAVA is Java $JAVA_VERSION."
  local home
  home=$(dirname "$(dirname "$(readlink -f "$JAVA")")")
  [ -x "$home/bin/javac" ] || no_jdk "$JAVA has no javac beside it: it is a JRE."
}

no_jdk() {
  echo "dev: a JDK, 17 or later, is needed. $1" >&2
  echo "     Install one (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME to it." >&2
  exit 1
}

maven() {
  (cd "$ROOT" && ./mvnw "$@" </dev/null)
}

# Prints the options with which a server runs best on this JDK, one a line.
java_options() {
  if [ "$JAVA_VERSION" -ge 24 ]; then
    echo "--enable-native-access=ALL-UNNAMED"
  fi
  if [ "$JAVA_VERSION" -ge 25 ]; then
    echo "-XX:+UseCompactObjectHeaders"
  fi
}
