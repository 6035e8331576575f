package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a machine whose NVIDIA driver answers, or hangs whatever it is asked. */
class EncoderProofsTest {

  private boolean hangs = false;
  private final ProvedDecoders decoders = new ProvedDecoders();
  private final EncoderProofs proofs = proofs();

  private EncoderProofs proofs() {
    ToolSet tools = new ToolSet(Path.of("/ab-av1"), Path.of("/ffmpeg"), Path.of("/ffprobe"));
    ProgramRunner runner =
        (call, _) -> {
          if (hangs
              && call.arguments().stream().anyMatch(word -> word.matches(".*(nvenc|cuda).*"))) {
            throw Faults.of(EvidenceKind.STALLED, "it does not end, though it was killed");
          }
          return new ProgramEnd(0, 0, false, "", "", 1);
        };
    Fitness fitness =
        new Fitness(
            new InstalledTools(tools, runner, Path.of("/")),
            new Machine("here", "default", Path.of("/")),
            runner,
            0);
    return new EncoderProofs(
        fitness,
        new Settings.Devices(1, Arrays.asList(Encoder.values()), Decoding.OF_DEVICES),
        decoders);
  }

  @Test
  void anEncoderWhoseDriverHangsIsMissedAndTheOthersAreProvedAllTheSame() throws Exception {
    assertThat(proofs.look()).isTrue();
    assertThat(proofs.served()).containsExactlyInAnyOrder(Encoder.values());
    assertThat(decoders.now()).contains(Decoding.CUDA, Decoding.VAAPI);

    hangs = true;
    proofs.proveAgain();

    assertThat(proofs.look()).isTrue();
    for (Encoder encoder : List.of(Encoder.AV1_NVENC, Encoder.HEVC_NVENC)) {
      assertThat(proofs.complaint(encoder))
          .hasValueSatisfying(why ->
              assertThat(why).endsWith("does not encode: it does not end, though it was killed"));
    }
    assertThat(proofs.complaint(Encoder.AV1_VAAPI)).isEmpty();
    assertThat(decoders.now()).contains(Decoding.VAAPI).doesNotContain(Decoding.CUDA);
  }
}
