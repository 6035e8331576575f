package dev.reencodarr.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.starter.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, run by bash, with JDKs and a Maven that only pretend. */
class LauncherTest {

  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(folder.resolve("a project"));
    Path launcher = Path.of("..", "reencodarr").toAbsolutePath().normalize();
    Files.copy(launcher, root.resolve("reencodarr"));
    executable(root.resolve("reencodarr"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createDirectories(root.resolve("demo"));
    Files.createDirectories(root.resolve("starter-app/src/main"));
    Files.writeString(root.resolve("starter-app/pom.xml"), "");
    Files.createDirectories(folder.resolve("jdks"));
    Files.createDirectories(folder.resolve("bin"));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    executable(file);
  }

  /** A JDK that says its version, and else its name and the arguments after the main class. */
  private Path jdk(Path place, String version) throws IOException {
    script(
        place.resolve("bin/java"),
        "[ \"$1\" = -version ] && { echo 'openjdk version \"" + version + "\"' >&2; exit 0; }",
        "for a; do shift; [ \"$a\" = dev.reencodarr.starter.Main ] && break; done",
        "[ \"$1\" = train ] && exit 1",
        "echo " + version + " in \"$PWD\": \"$@\"");
    script(place.resolve("bin/javac"), "exit 0");
    return place;
  }

  private void built() throws IOException {
    Path state = Files.createDirectories(root.resolve("starter-app/target/launcher"));
    Files.writeString(state.resolve("classpath"), "some.jar");
    Files.writeString(state.resolve("built"), "");
    Files.setLastModifiedTime(state.resolve("built"), FileTime.from(Instant.now().plusSeconds(60)));
  }

  private Program.End launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException, TimeoutException {
    List<String> command =
        new ArrayList<>(
            List.of("env", "-i", "-C", folder.toString(), "HOME=" + folder.resolve("home")));
    command.add("PATH=" + folder.resolve("bin") + ":/usr/bin:/bin");
    command.add("REENCODARR_JDKS=" + folder.resolve("jdks"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(root.resolve("reencodarr").toString());
    command.addAll(List.of(arguments));
    return new Program(List.copyOf(command), Map.of()).run(Duration.ofSeconds(60), line -> {});
  }

  @Test
  void aFitJdkIsFoundThoughPathHasAnOlderOne() throws Exception {
    built();
    jdk(folder.resolve("old"), "17.0.15");
    Files.createSymbolicLink(folder.resolve("bin/java"), folder.resolve("old/bin/java"));
    jdk(folder.resolve("jdks/21"), "21.0.1");
    jdk(folder.resolve("jdks/26"), "26.0.1");

    Program.End end = launch(Map.of(), "videos", "a film.mkv");

    assertThat(end.output()).isEqualTo("26.0.1 in " + folder + ": videos a film.mkv");
  }

  @Test
  void theJdkThatJavaHomeNamesComesFirst() throws Exception {
    built();
    jdk(folder.resolve("jdks/26"), "26.0.1");
    Path wished = jdk(folder.resolve("wished"), "25.0.3");

    assertThat(launch(Map.of("JAVA_HOME", wished.toString()), "status").output())
        .startsWith("25.0.3 ");
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    built();
    jdk(folder.resolve("jdks/26"), "26.0.1");
    Path old = jdk(folder.resolve("old"), "17.0.15");

    assertThat(launch(Map.of("JAVA_HOME", old.toString()), "status").output())
        .startsWith("26.0.1 ");
  }

  @Test
  void withoutAFitJdkOneLineSaysWhatToInstall() throws Exception {
    built();
    jdk(folder.resolve("old"), "17.0.15");
    Files.createSymbolicLink(folder.resolve("bin/java"), folder.resolve("old/bin/java"));

    Program.End end = launch(Map.of(), "status");

    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.lines()).hasSize(1);
    assertThat(end.output()).contains("needs a JDK 25 or newer", "JAVA_HOME");
  }

  @Test
  void sourcesThatAreNewerThanTheBuildAreBuiltOnce() throws Exception {
    jdk(folder.resolve("jdks/26"), "26.0.1");
    script(folder.resolve("bin/mvn"), "echo built >>'" + folder + "/maven'");

    assertThat(launch(Map.of(), "status").output()).contains("building", "26.0.1 in");
    assertThat(launch(Map.of(), "status").output()).startsWith("26.0.1 in");
    assertThat(folder.resolve("maven")).hasContent("built");

    Files.writeString(root.resolve("starter-app/src/main/New.java"), "");
    launch(Map.of(), "status");
    assertThat(folder.resolve("maven")).hasContent("built\nbuilt");
  }

  @Test
  void aBuildNeverWritesIntoTheJarsThatAStackRunsFrom() throws Exception {
    jdk(folder.resolve("jdks/26"), "26.0.1");
    // As Maven does, which writes over a jar that is there.
    script(
        folder.resolve("bin/mvn"),
        "mkdir -p starter-app/target/lib worker-app/target",
        "for jar in starter-app/target/starter-app-1.jar starter-app/target/lib/library.jar"
            + " worker-app/target/worker-app-1-boot.jar; do cat pom.xml >$jar; done");
    Files.writeString(root.resolve("pom.xml"), "old");
    launch(Map.of(), "status");
    Path classPath = root.resolve("starter-app/target/launcher/classpath");
    List<Path> running = new ArrayList<>();
    for (String jar : Files.readString(classPath).split(":", -1)) {
      running.add(Files.createLink(folder.resolve("running-" + running.size()), Path.of(jar)));
    }
    Path worker = root.resolve("worker-app/target/worker-app-1-boot.jar");
    running.add(Files.createLink(folder.resolve("running-worker"), worker));

    Files.writeString(root.resolve("pom.xml"), "new");
    launch(Map.of(), "status");

    assertThat(running).hasSize(3).allSatisfy(jar -> assertThat(jar).hasContent("old"));
    assertThat(worker).hasContent("new");
    assertThat(Files.readString(classPath).split(":", -1))
        .hasSize(2)
        .allSatisfy(jar -> assertThat(Path.of(jar)).hasContent("new"));

    // Tests are built without the launcher's own build.
    script(
        folder.resolve("bin/mvn"),
        "for jar in starter-app/target/starter-app-1.jar starter-app/target/lib/library.jar; do"
            + " echo tested >$jar; done");
    launch(Map.of(), "test");
    assertThat(Files.readString(classPath).split(":", -1))
        .allSatisfy(jar -> assertThat(Path.of(jar)).hasContent("new"));
  }

  @Test
  void aBuildThatFailsShowsItsLog() throws Exception {
    jdk(folder.resolve("jdks/26"), "26.0.1");
    script(folder.resolve("bin/mvn"), "echo '[ERROR] no such symbol'; exit 1");

    Program.End end = launch(Map.of(), "status");

    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.output()).contains("[ERROR] no such symbol", "build.log");
  }

  @Test
  void benchmarksComeFromJarsThatNoOtherCommandReads() throws Exception {
    built();
    Files.createDirectories(root.resolve("bench/target"));
    Files.writeString(root.resolve("bench/target/bench-1.jar"), "");
    Files.createDirectories(root.resolve("fake-arr/target"));
    Files.writeString(root.resolve("fake-arr/target/fake-arr-1.jar"), "");
    script(
        folder.resolve("jdks/26/bin/java"),
        "[ \"$1\" = -version ] && { echo 'openjdk version \"26.0.1\"' >&2; exit 0; }",
        "echo \"$@\"");
    script(folder.resolve("jdks/26/bin/javac"), "exit 0");

    assertThat(launch(Map.of(), "bench", "scan", "--runs", "3").output())
        .endsWith(
            "-cp "
                + root.resolve("bench/target/bench-1.jar")
                + ":"
                + root.resolve("fake-arr/target/fake-arr-1.jar")
                + ":some.jar dev.reencodarr.bench.Main scan --runs 3");
    assertThat(launch(Map.of(), "status").output())
        .endsWith("-cp some.jar dev.reencodarr.starter.Main status");
  }

  @Test
  void theTestCommandInstallsBeforeItRunsEveryTest() throws Exception {
    built();
    jdk(folder.resolve("jdks/26"), "26.0.1");
    script(folder.resolve("bin/mvn"), "echo maven \"$@\"");

    Program.End end = launch(Map.of(), "test");

    assertThat(end.exitCode()).isZero();
    assertThat(end.lines())
        .containsExactly(
            "26.0.1 in " + folder + ": install --pinned --clips",
            "maven -B --no-transfer-progress verify");
  }
}
