package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.rules.Explained;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.plan.rules.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What rules make of a video, for people. */
public final class ExplainedText {

  private ExplainedText() {}

  /** The lines. */
  public static List<String> lines(Explained explained) {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.of(explained.video().path().value()));
    lines.add("  " + Printable.of(sentence(explained)));
    lines.add("");
    Table settings = new Table().text("setting").text("value").text("from");
    explained
        .settings()
        .values()
        .forEach(value -> settings.row(value.key().key(), value.text(), value.origin()));
    explained
        .settings()
        .skipOrigin()
        .ifPresent(origin -> settings.row("skip", skip(explained), origin));
    settings.row(
        "priority",
        explained.settings().priority().value(),
        explained.settings().priority().origin());
    lines.addAll(settings.lines());
    lines.add("");
    if (explained.planned() instanceof Planned.Encode wanted && isOfChoice(wanted)) {
      lines.addAll(encoders(wanted));
      lines.add("");
    }
    if (explained.planned() instanceof Planned.Encode(EncodePlan plan, List<EncodePlan> _)) {
      lines.addAll(streams(explained, plan));
      lines.add("");
    }
    Table facts = new Table().text("fact").text("value");
    Fact.allOf(explained.file()).forEach((fact, value) -> facts.row(fact, text(value)));
    lines.addAll(facts.lines());
    return lines;
  }

  /** A reason, or false where a rule has the file taken whatever later ones say. */
  private static String skip(Explained explained) {
    return explained.settings().skip().map(skip -> skip.reason().code()).orElse("false");
  }

  private static String sentence(Explained explained) {
    return switch (explained.planned()) {
      case Planned.Skip skip -> "left alone, " + skip.reason().code() + ": " + skip.detail();
      case Planned.Encode encode ->
          explained.decision()
              + explained.settings().profile().map(name -> ", profile " + name).orElse("")
              + (encode.plan().targetPath().equals(explained.video().path())
                  ? ""
                  : ", becomes " + encode.plan().targetPath().fileName());
    };
  }

  private static boolean isOfChoice(Planned.Encode wanted) {
    return !wanted.others().isEmpty() || wanted.plan().encoder() != Encoder.LIBSVTAV1;
  }

  /** The wished encoders in their order, each with what the settings mean on its own scale. */
  private static List<String> encoders(Planned.Encode wanted) {
    Table encoders = new Table().text("encoder").text("CRF").text("presets").text("pixel format");
    for (EncodePlan plan : wanted.all()) {
      encoders.row(
          plan.encoder().ffmpegName(),
          PlainNumber.text(plan.quality().minCrf())
              + " to "
              + PlainNumber.text(plan.quality().maxCrf()),
          plan.quality().presets().stream()
              .map(plan.encoder().presets()::name)
              .collect(Collectors.joining(", ")),
          plan.pixelFormat());
    }
    return encoders.lines();
  }

  private static List<String> streams(Explained explained, EncodePlan plan) {
    Map<Integer, MediaStream> before =
        explained.video().facts().media().streams().stream()
            .collect(Collectors.toMap(MediaStream::index, stream -> stream));
    Table streams =
        new Table().figures("stream").text("type").text("is").text("becomes").text("why");
    for (PlannedStream stream : plan.streams()) {
      MediaStream source = before.get(stream.sourceIndex());
      streams.row(
          stream.sourceIndex(),
          stream.type(),
          source == null ? "" : described(source),
          becomes(stream, plan),
          stream.reason());
    }
    return streams.lines();
  }

  private static String described(MediaStream stream) {
    List<String> words = new ArrayList<>();
    words.add(stream.codec().isEmpty() ? "unknown" : stream.codec());
    switch (stream) {
      case MediaStream.Video video -> words.add(video.width() + "x" + video.height());
      case MediaStream.Audio audio -> words.add(Figures.count(audio.channels(), "channel"));
      case MediaStream.Subtitle subtitle -> {}
      case MediaStream.Attachment attachment ->
          words.add(attachment.tags().getOrDefault("filename", ""));
      case MediaStream.Data data -> {}
    }
    words.add(stream.tags().getOrDefault("language", ""));
    words.add(stream.tags().getOrDefault("title", ""));
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String becomes(PlannedStream stream, EncodePlan plan) {
    return switch (stream.action()) {
      case ENCODE ->
          stream.codec()
              + plan.filters()
                  .scaling()
                  .map(smaller -> " " + smaller.width() + "x" + smaller.height())
                  .orElse("");
      case CONVERT -> stream.codec();
      case COPY -> "the same";
      case COVER -> "a cover";
      case DROP -> "nothing";
    };
  }

  /** Fractions with no more digits than say something. */
  private static String text(Object value) {
    return value instanceof Double number ? Figures.decimal(number, 3) : value.toString();
  }
}
