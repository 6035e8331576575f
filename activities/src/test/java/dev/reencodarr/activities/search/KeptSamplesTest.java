package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSamplesTest {

  private static final int BYTES = 5000;

  @TempDir Path work;
  private SampleFolders folders;
  private KeptSamples kept;

  @BeforeEach
  void open() {
    folders = SampleFolders.in(work);
    kept = new KeptSamples(folders, 2 * BYTES);
  }

  private static ProbeRequest request(String hash, SamplePlan plan) {
    return new ProbeRequest(
        new VideoId(new UUID(0, 1)),
        new MediaPath("/a.mkv"),
        new SourceIdentity(10, Instant.EPOCH, hash),
        0,
        0,
        new ProbeSetting(Encoder.LIBSVTAV1, 8, "yuv420p10le", List.of(), Scoring.defaults(), plan),
        30);
  }

  private static ProbeRequest request(String hash) {
    return request(hash, SamplePlan.defaults());
  }

  private KeptSamples.Lease keep(ProbeRequest request) throws Exception {
    Path cut = Files.createDirectories(work.resolve("cut-" + UUID.randomUUID()));
    Files.write(cut.resolve("1.mkv"), new byte[BYTES]);
    CutSamples samples =
        new CutSamples(
            new FilmLength(1, 25, 1), "mkv", List.of(new CutSamples.Sample("1.mkv", BYTES, 1)));
    samples.write(cut);
    return kept.keep(request, cut, samples);
  }

  private boolean isKept(ProbeRequest request) throws Exception {
    Optional<KeptSamples.Lease> lease = kept.find(request);
    if (lease.isPresent()) {
      lease.get().close();
    }
    return lease.isPresent();
  }

  private static void lastUsed(KeptSamples.Lease lease, Duration ago) throws Exception {
    Path sample = lease.file(lease.samples().samples().getFirst());
    Files.setLastModifiedTime(
        sample.resolveSibling("samples.json"), FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void samplesAreFoundByContentAndPlan() throws Exception {
    keep(request("a")).close();

    assertThat(isKept(request("a"))).isTrue();
    assertThat(isKept(request("b"))).isFalse();
    assertThat(isKept(request("a", new SamplePlan(720, 1, 5)))).isFalse();
  }

  @Test
  void aboveTheLimitTheLongestUnusedGo() throws Exception {
    KeptSamples.Lease first = keep(request("a"));
    KeptSamples.Lease second = keep(request("b"));
    first.close();
    second.close();
    lastUsed(first, Duration.ofMinutes(1));
    lastUsed(second, Duration.ofMinutes(2));

    keep(request("c")).close();

    assertThat(isKept(request("a"))).isTrue();
    assertThat(isKept(request("b"))).isFalse();
    assertThat(isKept(request("c"))).isTrue();
  }

  @Test
  void whatAProbeUsesStaysWhateverItsAgeAndTheLimit() throws Exception {
    KeptSamples.Lease used = keep(request("a"));
    lastUsed(used, Duration.ofDays(3));

    keep(request("b")).close();
    keep(request("c")).close();
    kept.removeIdle();

    assertThat(used.file(used.samples().samples().getFirst())).exists();
    assertThat(isKept(request("b"))).isFalse();
    used.close();
    assertThat(isKept(request("a"))).isTrue();
  }

  @Test
  void ofTwoThatCutTheSameTheSecondUsesWhatTheFirstHasCut() throws Exception {
    try (KeptSamples.Lease first = keep(request("a"));
        KeptSamples.Lease second = keep(request("a"))) {
      assertThat(second.file(second.samples().samples().getFirst()))
          .isEqualTo(first.file(first.samples().samples().getFirst()));
    }
    assertThat(folders.all()).hasSize(1);
  }

  @Test
  void whatNoProbeHasUsedForHoursGoes() throws Exception {
    KeptSamples.Lease lease = keep(request("a"));
    lease.close();
    lastUsed(lease, SampleFolders.KEPT.plusMinutes(1));

    assertThat(isKept(request("a"))).isFalse();
    assertThat(folders.all()).isEmpty();
  }
}
