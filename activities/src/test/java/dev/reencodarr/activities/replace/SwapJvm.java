package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapRequest;
import io.temporal.failure.ApplicationFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A JVM of its own that swaps or undoes one video, as another user or to be halted dead. */
final class SwapJvm {

  /** The exit code of one that was halted. */
  static final int HALTED = 77;

  private SwapJvm() {}

  /**
   * What it is to do.
   *
   * @param mount what the mount offers; REAL: whatever its trial shows
   * @param haltAt the point at which it halts, counted from 0; a number that is never reached lets
   *     it end
   */
  record Order(
      ReplaceBench bench,
      String url,
      String what,
      Path staged,
      String mount,
      boolean strictOwner,
      int haltAt) {}

  /** What became of it. */
  record Ending(int exit, String said) {}

  /** Runs it to its end, with these words before the command. */
  static Ending run(Order order, String classPath, List<String> as) throws IOException {
    return java(
        as,
        classPath,
        SwapJvm.class,
        List.of(
            order.url(),
            order.what(),
            order.bench().video().toString(),
            order.bench().root().toString(),
            order.bench().source().toString(),
            order.bench().target().toString(),
            order.staged().toString(),
            order.mount(),
            String.valueOf(order.strictOwner()),
            String.valueOf(order.haltAt())));
  }

  /** Runs a program of these tests to its end. */
  static Ending java(List<String> as, String classPath, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(as);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=/tmp",
            "-cp",
            classPath,
            program.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("it does not end");
      }
      return new Ending(process.exitValue(), said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  /** The same classes where every user can read them. */
  static String readableClassPath(Path folder) throws IOException {
    List<String> readable = new ArrayList<>();
    int number = 0;
    for (String entry : ownClassPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = folder.resolve(number++ + "-" + from.getFileName());
      if (Files.isDirectory(from)) {
        try (var walk = Files.walk(from)) {
          for (Path path : walk.toList()) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
          }
        }
      } else if (Files.exists(from)) {
        Files.copy(from, to);
      }
      readable.add(to.toString());
    }
    return String.join(File.pathSeparator, readable);
  }

  public static void main(String[] arguments) throws Exception {
    List<String> said = Arrays.asList(arguments);
    Database database =
        new Database(new SingleConnectionDataSource(said.get(0), "postgres", "", true));
    ReplaceBench bench =
        new ReplaceBench(
            new ReplacementRepository(database),
            new VideoId(UUID.fromString(said.get(2))),
            Path.of(said.get(3)),
            Path.of(said.get(4)),
            Path.of(said.get(5)),
            Path.of("/"));
    boolean real = said.get(7).equals("REAL");
    TestMount mount = real ? TestMount.EVERYTHING : TestMount.valueOf(said.get(7));
    MountTrial trial =
        real
            ? new Mounts(ReplaceBench.machine(), database, MountCalls.real())
            : (folder, owner) -> mount.ability();
    SwapMeans means =
        new SwapMeans(0, Boolean.parseBoolean(said.get(8)), mount.gap(), root -> {}, mount.calls());
    Swapper swapper =
        new Swapper(
            ReplaceBench.machine(),
            bench.rows(),
            trial,
            means,
            halting(Integer.parseInt(said.get(9))),
            () -> progress -> {});
    try {
      System.out.println(
          switch (said.get(1)) {
            case "swap" -> swapper.swap(request(bench, Path.of(said.get(6))));
            case "undo" -> swapper.undo(bench.video(), "undo#" + bench.video());
            case "abilities" -> abilities(bench, trial);
            default -> throw new IllegalArgumentException(said.get(1));
          });
    } catch (ApplicationFailure fault) {
      System.out.println(fault.getType() + ": " + fault.getOriginalMessage());
      System.out.println(JudgedFault.row(FailureStage.POST_PROCESS, fault));
    }
  }

  /** With files of the library's owner and, then, with files like its video. */
  private static List<MountAbility> abilities(ReplaceBench bench, MountTrial trial)
      throws IOException {
    DotFolder folder = DotFolder.createdIn(bench.root());
    return List.of(
        trial.of(folder, FileOwner.of(bench.root()).orElseThrow()),
        trial.of(folder, FileOwner.of(bench.source()).orElseThrow()));
  }

  private static SwapRequest request(ReplaceBench bench, Path staged) throws IOException {
    return new SwapRequest(
        bench.video(),
        "swap#" + bench.video(),
        ReplaceBench.media(bench.root()),
        ReplaceBench.media(bench.source()),
        identity(),
        ReplaceBench.media(bench.target()),
        new StagedResult(ReplaceBench.media(staged), checksum(), ReplaceBench.RESULT.length));
  }

  /** Of the original as it was analysed, wherever it lies now. */
  private static SourceIdentity identity() throws IOException {
    Path analysed = Files.createTempFile("analysed", ".mkv");
    try {
      Files.write(analysed, ReplaceBench.ORIGINAL);
      Files.setLastModifiedTime(
          analysed, java.nio.file.attribute.FileTime.from(ReplaceBench.MODIFIED));
      return FileIdentity.of(analysed);
    } finally {
      Files.delete(analysed);
    }
  }

  private static String checksum() throws IOException {
    return java.util.HexFormat.of().formatHex(Sha256.digest().digest(ReplaceBench.RESULT));
  }

  private static CrashPoints halting(int at) {
    int[] passed = {0};
    return (step, moment) -> {
      if (passed[0] == at) {
        Runtime.getRuntime().halt(HALTED);
      }
      passed[0]++;
    };
  }
}
