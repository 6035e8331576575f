package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.analysis.Ffprobe;
import dev.reencodarr.activities.analysis.FileLook;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.replace.Verifier;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.VerifyActivities;
import dev.reencodarr.workflows.replace.VerifyRequest;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What becomes of a file, by the real activities with real tools: looked at, planned, encoded and
 * verified. Only the search is left out; its answer is given.
 */
public final class GoldenPipeline {

  private static final double CRF = 35;
  private static final int QUICK = 12;

  /** Scores of tiny pictures say little; what is kept of the streams is the question here. */
  private static final Map<SettingKey, String> USUAL =
      Map.of(SettingKey.VMAF_TARGET, "40", SettingKey.VMAF_SCALE, "none");

  private final TestEncoder encoder;
  private final TestActivityEnvironment environment;
  private final Ffprobe ffprobe;
  private final EncodeActivities encoding;
  private final VerifyActivities verification;

  public GoldenPipeline(Path work) throws Exception {
    encoder = new TestEncoder(work, Duration.ofMinutes(5));
    AbAv1Encoder.Parts parts = encoder.parts();
    ffprobe = new Ffprobe(parts.runner(), TestTools.tools());
    environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    environment.registerActivitiesImplementations(
        encoder.activities(),
        new Verifier(
            parts.runner(),
            parts.logs(),
            TestTools.tools(),
            parts.machine(),
            DeviceBudgets.ofCpu(new CoreBudget(1, 2)),
            ffprobe,
            path -> {}));
    ActivityOptions options =
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(5))
            .setHeartbeatTimeout(Duration.ofMinutes(1))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build();
    encoding = environment.newActivityStub(EncodeActivities.class, options);
    verification = environment.newActivityStub(VerifyActivities.class, options);
  }

  /**
   * A file that went through.
   *
   * @param result accepted by the verifier
   */
  public record Made(EncodePlan plan, MediaFacts facts, Path result) {

    /** Why a stream does not stay as it is; empty where it does. */
    public String reason(int index) {
      return plan.streams().stream()
          .filter(stream -> stream.sourceIndex() == index)
          .map(PlannedStream::reason)
          .findFirst()
          .orElseThrow();
    }
  }

  public MediaFacts facts(Path source) throws Exception {
    return ffprobe.read(source);
  }

  public Planned plan(Path source, Map<SettingKey, String> settings) throws Exception {
    List<SettingValue> values = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      String text = settings.getOrDefault(key, USUAL.getOrDefault(key, ""));
      if (!text.isEmpty()) {
        values.add(new SettingValue(key, text, "a test"));
      }
    }
    FileFacts file = FileLook.at(source);
    return EncodePlanner.plan(
        new MediaPath(source.toString()),
        file,
        facts(source),
        QualitySettings.defaults().with(values));
  }

  /** Encodes it and has it verified. */
  public Made make(Path source, Map<SettingKey, String> settings) throws Exception {
    Planned planned = plan(source, settings);
    assertThat(planned).isInstanceOf(Planned.Encode.class);
    EncodePlan plan = ((Planned.Encode) planned).plan();
    MediaFacts facts = facts(source);
    EncodeRequest request =
        encoder.known(
            new EncodeRequest(
                new VideoId(UUID.randomUUID()),
                new MediaPath(source.toString()),
                FileLook.at(source).identity(),
                facts,
                plan,
                CRF,
                QUICK));
    EncodeOutcome.Encoded encoded = (EncodeOutcome.Encoded) encoding.encode(request);
    Verdict verdict = verification.verify(verification(request, plan, encoded));
    assertThat(verdict).isInstanceOf(Verdict.Verified.class);
    return new Made(plan, facts, Path.of(encoded.result().value()));
  }

  /** What the verifier says of a result. */
  public Verdict judge(Path source, EncodePlan plan, Path result) throws Exception {
    EncodeRequest request =
        new EncodeRequest(
            new VideoId(UUID.randomUUID()),
            new MediaPath(source.toString()),
            FileLook.at(source).identity(),
            facts(source),
            plan,
            CRF,
            QUICK);
    return verification.verify(
        verification(
            request,
            plan,
            new EncodeOutcome.Encoded(
                "job",
                "here",
                new MediaPath(result.toString()),
                java.nio.file.Files.size(result),
                0,
                1,
                1)));
  }

  private static VerifyRequest verification(
      EncodeRequest request, EncodePlan plan, EncodeOutcome.Encoded encoded) {
    return new VerifyRequest(
        request.video(),
        request.source(),
        request.identity(),
        request.facts(),
        plan,
        plan.target(),
        encoded);
  }

  /** Nothing of it runs any more. */
  public void close() throws Exception {
    environment.close();
    encoder.endAll();
  }
}
