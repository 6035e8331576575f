package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.starter.tools.ToolPaths;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInsTest {

  @TempDir Path folder;
  private Path job;
  private StandIns tools;

  @BeforeEach
  void layOut() throws Exception {
    layOut(false);
  }

  private void layOut(boolean encode) throws Exception {
    Path results = Files.createDirectories(folder.resolve("re'sults"));
    Files.writeString(results.resolve("avi.mkv"), "a film made before");
    Path none = Path.of("/bin/false");
    tools =
        StandIns.layOut(
            Files.createDirectories(folder.resolve("stand ins")),
            new ToolPaths(none, none, none, none),
            results,
            encode);
    job = Files.createDirectories(folder.resolve("job"));
    Files.write(job.resolve("src.avi"), Ending.of(Film.Container.AVI, 29));
  }

  private Process start(String... arguments) throws Exception {
    return new ProcessBuilder(arguments)
        .directory(job.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private String abAv1() {
    return tools.folder().resolve("ab-av1").toString();
  }

  @Test
  void anEncodeHandsOutTheResultMadeBeforeWithTheNumberOfItsSourceAndIsNoted() throws Exception {
    Process encode = start(abAv1(), "encode", "--input", "src.avi", "--output", "result.mkv");
    assertThat(encode.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(encode.exitValue()).isZero();
    assertThat(Files.readAllBytes(job.resolve("result.mkv")))
        .startsWith("a film made before".getBytes(StandardCharsets.US_ASCII))
        .endsWith(Ending.of(Film.Container.MKV, 29));
    assertThat(Ending.numberOf(job.resolve("result.mkv"))).isEqualTo(OptionalInt.of(29));
    assertThat(tools.launches()).isEqualTo(Map.of(29, 1));
  }

  @Test
  void aProbeAnswersAsTheRealOneDoes() throws Exception {
    Process probe = start(abAv1(), "sample-encode", "--crf", "35");
    assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("out")))
        .contains("\"crf\":35", "\"type\":\"sample-encode-done\"", "\"vmaf\":95.1000");
    assertThat(tools.launches()).isEmpty();
  }

  @Test
  void whenTheEncoderIsKilledItsMasterFails() throws Exception {
    Process encode = start(abAv1(), "encode", "--input", "src.avi", "--output", "result.mkv");
    while (!Files.exists(job.resolve("progress"))) {
      assertThat(encode.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    encode.children().forEach(ProcessHandle::destroyForcibly);
    assertThat(encode.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(encode.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("out"))).contains("exit code None");
  }

  @Test
  void beforeTheRealEncoderEachBeginningIsNoted() throws Exception {
    layOut(true);
    for (int time = 0; time < 2; time++) {
      Process encode = start(abAv1(), "encode", "--output", "result.mkv");
      assertThat(encode.waitFor(60, TimeUnit.SECONDS)).isTrue();
      // The real one is /bin/false here.
      assertThat(encode.exitValue()).isEqualTo(1);
    }
    assertThat(tools.launches()).isEqualTo(Map.of(29, 2));
  }
}
