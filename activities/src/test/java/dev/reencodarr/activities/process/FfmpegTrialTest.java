package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FfmpegTrialTest {

  @Test
  void anEncoderWithoutItsDeviceIsTheFaultOfTheWorker() throws Exception {
    assumeThat(Files.exists(Path.of("/dev/nvidia0"))).as("this machine has the device").isFalse();
    List<String> command = FfmpegTrial.encoder(TestTools.tools().ffmpeg(), "av1_nvenc");

    ProgramEnd end =
        new PlainRunner()
            .run(
                new ProgramCall(
                    command,
                    Path.of("/"),
                    FfmpegTrial.ENVIRONMENT,
                    Duration.ofMinutes(1),
                    1000,
                    false),
                () -> {});

    Evidence seen =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "ab-av1 failed",
            1,
            0,
            command,
            "Error: ffmpeg encode exit code " + end.exitCode() + "\n" + end.stderr(),
            Map.of());
    assertThat(end.succeeded()).isFalse();
    assertThat(JudgedFault.row(FailureStage.ENCODING, seen))
        .isEqualTo("encoding/system_environment/ENV STOP_QUEUE");
  }
}
