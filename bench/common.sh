# Sourced by the scripts of this folder: finds JDK 25, builds what is missing, runs a class of the bench.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

fail() {
  echo "$1" >&2
  exit 2
}

java_25() {
  local candidate
  for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" \
    /usr/lib/jvm/*25*/bin/java "$HOME"/.sdkman/candidates/java/25*/bin/java \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java; do
    if [ -x "$candidate" ] && "$candidate" -version 2>&1 | grep -q 'version "25'; then
      echo "$candidate"
      return
    fi
  done
  fail "JDK 25 was not found in JAVA_HOME, PATH and the usual folders: install it, or set JAVA_HOME."
}

build() {
  local built=bench/target/lib/.built
  local stale=yes
  if [ -f "$built" ] && [ -f server/target/licet.jar ]; then
    stale=$(find pom.xml ./*/pom.xml core/src/main server/src/main bench/src/main spec -newer "$built" -type f | sed -n 1p) # not head: find would die of a closed pipe
  fi
  if [ -n "$stale" ]; then
    command -v mvn > /dev/null || fail "Maven was not found: install it (Debian: apt-get install maven)."
    echo "Building ..." >&2
    mvn -q -B -pl bench -am package -DskipTests >&2 || fail "The build failed; see above."
    touch "$built"
  fi
}

# run_class CLASS ARGUMENTS...: replaces the shell, so that signals reach the JVM.
run_class() {
  local java
  java=$(java_25) || exit 2
  build
  exec "$java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx2g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "bench/target/*:bench/target/lib/*" "dev.licet.bench.$1" "${@:2}"
}
