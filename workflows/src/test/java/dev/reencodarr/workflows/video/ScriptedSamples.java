package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The part of a {@link ScriptedWorld} that makes samples. */
final class ScriptedSamples implements SampleActivities, SamplePlanActivities {

  final Queue<SampleRequest> samples = new ConcurrentLinkedQueue<>();

  /** What rules say; empty: what the defaults make of it. */
  volatile Optional<Planned> planned = Optional.empty();

  /** What is set, unless rules say otherwise. */
  volatile UnaryOperator<QualitySettings> settings = defaults -> defaults;

  private final Consumer<String> log;

  ScriptedSamples(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public MadeSample make(SampleRequest request) {
    log.accept("sample");
    samples.add(request);
    return new MadeSample(
        ScriptedWorld.HOST,
        new MediaPath("/work/viewing/1/source.mkv"),
        1000,
        new MediaPath("/work/viewing/1/sample.mkv"),
        500,
        88,
        60);
  }

  @Override
  public Planned planSample(SampleOrder order, Analysis.Analysed facts) {
    return planned.orElseGet(() ->
        EncodePlanner.plan(
            order.source(),
            facts.file(),
            facts.media(),
            settings.apply(QualitySettings.defaults())));
  }
}
