package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegTrialTest {

  @TempDir private Path folder;

  @BeforeEach
  void withoutTheDevice() {
    assumeThat(Files.exists(Path.of("/dev/nvidia0"))).as("this machine has the device").isFalse();
  }

  private ProgramEnd run(List<String> command, Map<String, String> environment) throws Exception {
    return new BoundRunner(TestTools.tools(), folder.resolve("home"))
        .run(
            new ProgramCall(command, folder, environment, Duration.ofMinutes(1), 1000, false),
            () -> {});
  }

  @Test
  void anEncoderWithoutItsDeviceFailsItsTrial() throws Exception {
    List<String> command = FfmpegTrial.encoder(TestTools.tools().ffmpeg(), "av1_nvenc");

    assertThat(run(command, FfmpegTrial.ENVIRONMENT).succeeded()).isFalse();
  }

  @Test
  void anEncoderWithoutItsDeviceIsTheFaultOfTheWorker() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mkv"), 1);
    List<String> command =
        List.of(
            TestTools.tools().abAv1().toString(),
            "encode",
            "-e",
            "av1_nvenc",
            "--crf",
            "30",
            "-i",
            clip.toString(),
            "-o",
            "result.mkv");

    ProgramEnd end = run(command, Map.of());

    Evidence seen =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "ab-av1 failed",
            end.exitCode(),
            end.signal(),
            command,
            end.stderr(),
            Map.of());
    assertThat(JudgedFault.row(FailureStage.ENCODING, seen))
        .as(end.stderr())
        .isEqualTo("encoding/system_environment/ENV NEXT_ENCODER");
    MadeForReal.as("encoder without its device", seen);
  }
}
