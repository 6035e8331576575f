package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The steps of a video's way up to its encode, for a sample of it: the same analysis, rules, search
 * and retries, under an id that is no video's, so that no row of one changes.
 */
public final class SampleWorkflowImpl implements SampleWorkflow {

  private final SampleOrder order;
  private final RunKey run;
  private final VideoSteps steps;
  private final VideoStatus status;
  private final Pausing pausing;
  private final Attempts attempts;

  @WorkflowInit
  public SampleWorkflowImpl(SampleOrder order) {
    WorkflowInfo info = Workflow.getInfo();
    this.order = order;
    this.run = new RunKey(info.getWorkflowId(), info.getFirstExecutionRunId());
    this.steps = VideoSteps.leavingNoRecord();
    this.status = new VideoStatus(order.id(), run, steps.row());
    this.pausing = new Pausing(status);
    this.attempts =
        new Attempts(order.id(), run, steps, status, new Parking(status, pausing), pausing);
  }

  @Override
  public SampleEnd run(SampleOrder sameOrder) {
    try {
      return sample();
    } catch (GivenUp failure) {
      return new SampleEnd.Failed(failure.classification().message());
    } catch (LibraryRemoved removed) {
      return new SampleEnd.Failed(removed.what());
    } finally {
      Uncancellable.run(attempts::ended);
    }
  }

  @Override
  public String progress() {
    return status.state().code() + (status.detail().isEmpty() ? "" : ": " + status.detail());
  }

  private SampleEnd sample() {
    pausing.before(VideoState.ANALYSING, "");
    Analysis analysis =
        attempts.run(
            FailureStage.ANALYSIS,
            () -> steps.analysis(order.zone()).analyse(order.id(), order.source()));
    return switch (analysis) {
      case Analysis.Analysed facts -> planned(facts);
      case Analysis.Vanished() -> new SampleEnd.Failed(order.source() + " is not there");
      case Analysis.Settled settled -> new SampleEnd.LeftAlone("it is settled: " + settled.place());
    };
  }

  private SampleEnd planned(Analysis.Analysed facts) {
    return switch (steps.samplePlans().planSample(order, facts)) {
      case Planned.Skip skip ->
          new SampleEnd.LeftAlone(skip.reason().explanation() + ": " + skip.detail());
      case Planned.Encode encode when !isNamedRightly(encode.plan()) ->
          new SampleEnd.Failed(
              "the result would be a file of the kind ."
                  + encode.plan().targetPath().extension()
                  + ": name the output so");
      case Planned.Encode encode when order.crf().isPresent() ->
          encoder(encode).with(plan -> made(facts, plan, order.crf().getAsDouble()));
      case Planned.Encode encode -> encoder(encode).with(plan -> searched(facts, plan));
    };
  }

  private ChosenEncoder encoder(Planned.Encode wanted) {
    return new ChosenEncoder(order.id(), order.zone(), wanted, steps, status, attempts);
  }

  /** The name decides the container. */
  private boolean isNamedRightly(EncodePlan plan) {
    return order
        .output()
        .map(MediaPath::extension)
        .map(plan.targetPath().extension()::equals)
        .orElse(true);
  }

  private SampleEnd searched(Analysis.Analysed facts, EncodePlan plan) {
    Claim.Proceed film =
        new Claim.Proceed(
            order.source(), order.libraryRoot(), order.libraryName(), order.zone(), plan.quality());
    SearchLog log = new SearchLog(run, 1, new LinkedHashMap<>());
    Searched searched =
        new VideoSearch(order.id(), film, facts, plan, steps, attempts, status, pausing, log).run();
    return switch (searched) {
      case Searched.SourceChanged() ->
          new SampleEnd.Failed("the film was written to meanwhile; try again");
      case Searched.NotWorthIt verdict ->
          new SampleEnd.LeftAlone(
              verdict.why() + ": " + verdict.curve() + "; --crf N makes one all the same");
      case Searched.Found found -> made(facts, plan, found);
    };
  }

  private SampleEnd made(Analysis.Analysed facts, EncodePlan plan, Searched.Found found) {
    MadeSample sample =
        make(facts, plan, found.point().crf(), found.rung().preset(), found.summary());
    return new SampleEnd.Made(
        sample,
        plan.encoder(),
        found.rung().preset(),
        found.point().crf(),
        plan.quality().scoring().metric(),
        found.rung().target(),
        OptionalDouble.of(found.point().score()),
        OptionalLong.of(found.point().predictedBytes()),
        facts.file().identity().size());
  }

  private SampleEnd made(Analysis.Analysed facts, EncodePlan plan, double crf) {
    int preset = plan.quality().presets().getFirst();
    String what = "CRF %s, preset %d, as ordered".formatted(PlainNumber.text(crf), preset);
    return new SampleEnd.Made(
        make(facts, plan, crf, preset, what),
        plan.encoder(),
        preset,
        crf,
        plan.quality().scoring().metric(),
        plan.target(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        facts.file().identity().size());
  }

  private MadeSample make(
      Analysis.Analysed facts, EncodePlan plan, double crf, int preset, String what) {
    pausing.before(VideoState.ENCODING, what);
    SampleRequest request =
        new SampleRequest(
            new EncodeRequest(
                order.id(),
                order.source(),
                facts.file().identity(),
                facts.media(),
                plan,
                crf,
                preset),
            order.at(),
            order.seconds(),
            order.output());
    return attempts.run(
        FailureStage.ENCODING,
        () ->
            attempts.taken(() ->
                steps
                    .sample(plan.encoder(), order.zone(), what, attempts.looksAgainForEncoders())
                    .make(request)));
  }
}
