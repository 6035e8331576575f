package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A video at work.
 *
 * @param detail for people: what is being done, or what a waiting one waits for
 * @param figures of the step at work, where it reports any
 */
public record VideoProgress(
    MediaPath path, VideoState state, String detail, Optional<EncodeProgress> figures) {

  /** The stage at work: the video's state, and where the step itself knows better, what it says. */
  public String stage() {
    return figures.map(EncodeProgress::phase).flatMap(VideoProgress::name).orElseGet(state::code);
  }

  private static Optional<String> name(EncodeProgress.Phase phase) {
    return switch (phase) {
      // A probe is a moment of the search, and waits for free cores are moments of any stage.
      case QUEUED, PROBING -> Optional.empty();
      case ENCODING, CHECKING, HELD, VERIFYING, COPYING ->
          Optional.of(phase.name().toLowerCase(Locale.ROOT));
    };
  }

  /** Percent, fps and time to go, as far as they are known. */
  public String numbers() {
    List<String> parts = new ArrayList<>();
    figures.ifPresent(progress -> {
      if (progress.percent() >= 0) {
        parts.add(Figures.decimal(progress.percent(), 0) + " %");
      }
      if (progress.fps() > 0) {
        parts.add(Figures.decimal(progress.fps(), 0) + " fps");
      }
      if (progress.etaSeconds() >= 0) {
        parts.add("ETA " + Figures.clock(progress.etaSeconds()));
      }
      if (progress.sizeBytes() > 0) {
        parts.add(Figures.bytes(progress.sizeBytes()));
      }
    });
    return String.join(", ", parts);
  }

  /** One line: name, stage, numbers, and the detail where there is one. */
  public String line() {
    StringBuilder line = new StringBuilder(Printable.of(path.fileName()));
    line.append(": ").append(stage());
    if (!numbers().isEmpty()) {
      line.append(' ').append(numbers());
    }
    if (!detail.isEmpty()) {
      line.append(" (").append(Printable.of(detail)).append(')');
    }
    return line.toString();
  }
}
