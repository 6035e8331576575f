package dev.reencodarr.workflows.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceJudgementTest {

  private static Evidence exit(int code, String output) {
    return new Evidence(
        EvidenceKind.PROCESS_EXIT, "it failed", code, 0, List.of(), output, Map.of());
  }

  private static boolean isBroken(Evidence evidence, boolean deep) {
    return SourceJudgement.isBroken(SourceJudgement.of(evidence, deep));
  }

  @Test
  void whatAnEncodeWouldStopAtIsBroken() {
    Evidence stopped =
        exit(
            183,
            "[vist#0:0/h264 @ 0x5] [dec:h264 @ 0x5] Error submitting packet to decoder: Invalid"
                + " data found when processing input");

    assertThat(isBroken(stopped, true)).isTrue();
    assertThat(SourceJudgement.of(stopped, true))
        .isEqualTo(FailureTable.classify(FailureStage.ENCODING, stopped));
  }

  @Test
  void aDecoderThatThisMachineLacksIsNoFaultOfTheFile() {
    assertThat(isBroken(exit(69, "Decoder not found for input stream #0:0"), true)).isFalse();
    assertThat(
            isBroken(
                exit(69, "Error submitting packet to decoder: Function not implemented"), true))
        .isFalse();
  }

  @Test
  void aShortSourceIsCalledWhatItsVerificationCallsIt() {
    Evidence isShort =
        Evidence.of(EvidenceKind.BAD_MEDIA, "it holds less").with(Evidence.SHORT_SOURCE, "less");

    for (boolean deep : List.of(true, false)) {
      assertThat(isBroken(isShort, deep)).isTrue();
      assertThat(SourceJudgement.of(isShort, deep).message())
          .isEqualTo("Damaged source: it holds less");
    }
  }

  @Test
  void diskMountsAndMemoryAreNoFaultOfTheFile() {
    assertThat(isBroken(exit(251, "Error during demuxing: Input/output error"), true)).isFalse();
    assertThat(isBroken(exit(1, "/x.mkv: Permission denied"), false)).isFalse();
    assertThat(isBroken(exit(1, "Cannot allocate memory"), true)).isFalse();
    assertThat(isBroken(exit(1, "Stale file handle"), true)).isFalse();
  }

  /** Whatever a machine, a mount or a tool may do. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void onlyWhatWasSaidOfItsContentsMakesAFileBroken(long seed) {
    Random random = new Random(seed);
    for (int time = 0; time < 2000; time++) {
      Evidence evidence = anyEvidence(random);
      Classification why = SourceJudgement.of(evidence, random.nextBoolean());
      if (SourceJudgement.isBroken(why)) {
        assertThat(evidence.signal()).as(evidence + " is " + why).isZero();
        assertThat(evidence.kind())
            .as(evidence + " is " + why)
            .isNotIn(
                EvidenceKind.MOUNT_GONE,
                EvidenceKind.TOOL_UNFIT,
                EvidenceKind.WORKER_LOST,
                EvidenceKind.WORKER_RESTARTED,
                EvidenceKind.NO_HOST,
                EvidenceKind.INFRASTRUCTURE,
                EvidenceKind.DISK_FULL,
                EvidenceKind.STALLED,
                EvidenceKind.TIME_LIMIT);
      }
    }
  }

  private static Evidence anyEvidence(Random random) {
    EvidenceKind kind = oneOf(random, List.of(EvidenceKind.values()));
    int signal = kind == EvidenceKind.PROCESS_EXIT ? oneOf(random, List.of(0, 0, 6, 9, 11, 15)) : 0;
    String output =
        oneOf(
            random,
            List.of(
                "",
                "Invalid data found when processing input",
                "moov atom not found",
                "Input/output error",
                "No space left on device",
                "Killed"));
    return new Evidence(
        kind,
        "it failed",
        signal == 0 ? random.nextInt(256) : -1,
        signal,
        List.of(),
        signal == 0 ? output : "",
        Map.of());
  }

  private static <T> T oneOf(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
