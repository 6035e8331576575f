package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.PlainNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sample that was made, for people. */
public final class SampleText {

  private SampleText() {}

  /** What it is, where it lies, and what the whole film would become. */
  public static List<String> lines(SampleView view) {
    List<String> lines = new ArrayList<>();
    lines.add("source      " + Printable.of(view.sourcePath()) + size(view.sourceSize()));
    lines.add("sample      " + Printable.of(view.samplePath()) + size(view.sampleSize()));
    lines.add(
        String.format(
            Locale.ROOT,
            "piece       %.1f s from %s on, on %s",
            view.seconds(),
            clock(view.startSeconds()),
            view.host()));
    lines.add(
        "encode      %s, preset %d, CRF %s"
            .formatted(view.encoder(), view.preset(), PlainNumber.text(view.crf())));
    lines.add(
        view.score().isPresent()
            ? "score       %s %s of %s"
                .formatted(
                    view.metric(),
                    Figures.decimal(view.score().getAsDouble(), 2),
                    PlainNumber.text(view.target()))
            : "score       not measured: the CRF was given");
    view.predictedSize()
        .ifPresent(bytes ->
            lines.add(
                "whole film  %s → %s predicted, %s saved"
                    .formatted(
                        Figures.bytes(view.filmSize()),
                        Figures.bytes(bytes),
                        Figures.savedPercent(view.filmSize(), bytes))));
    lines.add("look        " + view.sideBySide());
    return List.copyOf(lines);
  }

  private static String size(long bytes) {
    return " (" + Figures.bytes(bytes) + ")";
  }

  private static String clock(double seconds) {
    long whole = (long) seconds;
    return String.format(
        Locale.ROOT,
        "%d:%02d:%06.3f",
        whole / 3600,
        whole % 3600 / 60,
        seconds - whole + whole % 60);
  }
}
