package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./licet} in a copy of the repository's shape, with a JDK and a Maven that only write
 * down how they were called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The launcher is a shell script.")
@Timeout(60)
final class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path temporary;

  private final Map<String, String> environment = new HashMap<>();
  private Path root;
  private Path jar;
  private Path aot;
  private Path jdk;

  @BeforeEach
  void layOut() throws IOException {
    root = temporary.resolve("a folder/licet");
    jar = root.resolve("server/target/licet.jar");
    aot = root.resolve("server/target/licet.aot");
    jdk = temporary.resolve("the jvms/jdk 25");
    for (String source :
        List.of(
            "core/src/main/A.java",
            "server/src/main/B.java",
            "spec/openapi.yaml",
            "pom.xml",
            "core/pom.xml",
            "server/pom.xml")) {
      write(root.resolve(source), "source");
    }
    Path launcher = root.resolve("licet");
    Files.copy(Path.of("../licet"), launcher);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    script(
        jdk.resolve("bin/java"),
        """
        case "$*" in
          *AOTCacheOutput*)
            echo "$*" >>"%1$s/trained"
            for option; do
              case $option in -XX:AOTCacheOutput=*) echo cache >"${option#*=}" ;; esac
            done
            exit ;;
        esac
        for argument; do echo "<$argument>"; done
        """
            .formatted(temporary));
    write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    age(jdk.resolve("release"));
    Path tools = temporary.resolve("tools");
    script(
        tools.resolve("mvn"),
        """
        echo "$JAVA25_HOME|$*" >>"%1$s/built"
        echo jar >server/target/licet.jar
        """
            .formatted(temporary));
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("LICET_JVM_FOLDERS", temporary.resolve("the jvms").toString());
    environment.put("HOME", temporary.toString());
  }

  @Test
  void theFirstStartBuildsTrainsAndRuns() throws Exception {
    Result result = licet("version");
    assertEquals(0, result.code(), result.err());
    assertEquals("licet: building the program; this takes a minute, once", result.err().strip());
    assertEquals(jdk + "|-q -B -pl core,server -am package -DskipTests\n", read("built"));
    assertTrue(result.out().contains("<-XX:AOTCache=" + aot + ">"), result.out());
    assertTrue(result.out().contains("<-Xmx256m>"), result.out());
    assertTrue(result.out().endsWith("<-jar>\n<" + jar + ">\n<version>\n"), result.out());
    assertTrue(read("trained").endsWith("-jar " + jar + " train\n"), read("trained"));
    assertFalse(Files.exists(root.resolve("server/target/licet.lock")));
  }

  @Test
  void theSecondStartOnlyRuns() throws Exception {
    licet("version");
    Result result = licet("key", "check", "two words", "");
    assertEquals("", result.err());
    assertTrue(result.out().endsWith("<key>\n<check>\n<two words>\n<>\n"), result.out());
    assertEquals(1, read("built").lines().count());
    assertEquals(1, read("trained").lines().count());
  }

  @Test
  void aNewerSourceMeansAnotherBuild() throws Exception {
    for (String source : List.of("core/src/main/A.java", "spec/openapi.yaml", "server/pom.xml")) {
      licet("version");
      long builds = read("built").lines().count();
      Files.setLastModifiedTime(
          root.resolve(source), FileTime.from(Instant.now().plusSeconds(builds)));
      age(jar);
      licet("version");
      assertEquals(builds + 1, read("built").lines().count(), source);
      age(root.resolve(source));
    }
  }

  @Test
  void aDeletedSourceMeansAnotherBuild() throws Exception {
    licet("version");
    age(jar);
    Files.delete(root.resolve("server/src/main/B.java"));
    licet("version");
    assertEquals(2, read("built").lines().count());
  }

  @Test
  void itRunsThroughASymbolicLinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root.resolve("licet"));
    Path second = Files.createSymbolicLink(temporary.resolve("second link"), link.getFileName());
    Result result = run(List.of(second.toString(), "version"), Path.of("/"));
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("<" + jar.toRealPath() + ">"), result.out());
  }

  @Test
  void heapAndOptionsArePassedOn() throws Exception {
    environment.put("LICET_HEAP", "1g");
    environment.put("LICET_JAVA_OPTS", "-Da=b -Dc=d");
    Result result = licet("version");
    assertTrue(result.out().contains("<-Xmx1g>\n<-Da=b>\n<-Dc=d>\n"), result.out());
    assertFalse(read("trained").contains("-Da=b"));
  }

  @Test
  void aWrongHeapIsRefused() throws Exception {
    for (String heap : List.of("lots", "1t", "0", "1gb", "-1", "1 -version")) {
      environment.put("LICET_HEAP", heap);
      Result result = licet("version");
      assertEquals(2, result.code(), heap);
      assertTrue(result.err().startsWith("licet: LICET_HEAP is \"" + heap + "\""), result.err());
    }
  }

  @Test
  void aMissingJdkIsOneLineThatSaysWhereItWasLookedFor() throws Exception {
    write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    environment.put("JAVA_HOME", jdk.toString());
    Result result = licet("version");
    assertEquals(2, result.code());
    assertEquals(1, result.err().strip().lines().count(), result.err());
    assertTrue(result.err().startsWith("licet: JDK 25 is needed and was not found."));
    assertTrue(result.err().contains("JAVA_HOME (" + jdk + ")"), result.err());
    assertTrue(result.err().contains(temporary.resolve("the jvms").toString()), result.err());
  }

  @Test
  void javaHomeAndThePathComeFirst() throws Exception {
    environment.put("LICET_JVM_FOLDERS", "/nonexistent");
    environment.put("JAVA_HOME", jdk.toString());
    assertEquals(0, licet("version").code());
    environment.remove("JAVA_HOME");
    environment.put("PATH", jdk.resolve("bin") + ":" + environment.get("PATH"));
    assertEquals(0, licet("version").code());
  }

  @Test
  void aMissingMavenIsOneLine() throws Exception {
    Files.delete(temporary.resolve("tools/mvn"));
    Path tools = temporary.resolve("tools");
    for (String tool :
        List.of(
            "sh", "dirname", "readlink", "grep", "find", "head", "mkdir", "rm", "cat", "sleep")) {
      script(tools.resolve(tool), "exec %s \"$@\"\n".formatted(onThePath(tool)));
    }
    environment.put("PATH", tools.toString());
    Result result = licet("version");
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains("takes Maven, which is not on the PATH"), result.err());
    assertEquals(1, result.err().strip().lines().count(), result.err());
  }

  @Test
  void aFailedBuildShowsMavensErrorsAndEndsWith2() throws Exception {
    script(temporary.resolve("tools/mvn"), "echo '[ERROR] B.java: no such thing'\nexit 1\n");
    Result result = licet("version");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("[ERROR] B.java: no such thing"), result.err());
    assertTrue(result.err().contains("licet: The build failed."), result.err());
    assertFalse(Files.exists(root.resolve("server/target/licet.lock")));
  }

  @Test
  void aJvmThatMakesNoCacheIsAskedOnlyOnce() throws Exception {
    script(
        jdk.resolve("bin/java"),
        "case \"$*\" in *AOTCacheOutput*) echo x >>'%s/trained'; exit 1 ;; esac\necho \"$*\"\n"
            .formatted(temporary));
    licet("version");
    Result result = licet("version");
    assertEquals(0, result.code());
    assertFalse(result.out().contains("AOTCache"), result.out());
    assertEquals(1, read("trained").lines().count());
  }

  @Test
  void theLockOfALauncherThatDiedIsVoid() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    write(root.resolve("server/target/licet.lock/pid"), gone.pid() + "\n");
    assertEquals(0, licet("version").code());
  }

  @Test
  void itsExitCodeIsTheProgramsOwn() throws Exception {
    licet("version");
    script(jdk.resolve("bin/java"), "exit 7\n");
    assertEquals(7, licet("version").code());
  }

  private record Result(int code, String out, String err) {}

  private Result licet(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("licet").toString()));
    command.addAll(List.of(arguments));
    return run(command, temporary);
  }

  private Result run(List<String> command, Path directory) throws Exception {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Result(code, Files.readString(out), Files.readString(err));
  }

  private String read(String name) throws IOException {
    return Files.readString(temporary.resolve(name));
  }

  private static Path onThePath(String tool) {
    return List.of("/usr/bin", "/bin").stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }
}
