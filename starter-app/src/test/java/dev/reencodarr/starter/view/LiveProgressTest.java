package dev.reencodarr.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveProgressTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

  private static VideoProgress encoding(double percent) {
    return new VideoProgress(
        new MediaPath("/films/a.mkv"),
        VideoState.ENCODING,
        "",
        Optional.of(
            new EncodeProgress(
                EncodeProgress.Phase.ENCODING, "box", percent, 48.4, 63, 2_500_000)));
  }

  private static VideoProgress searching() {
    return new VideoProgress(
        new MediaPath("/films/a.mkv"), VideoState.SEARCHING, "CRF 31", Optional.empty());
  }

  private List<String> lines() {
    return shown.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void awayFromATerminalALineIsSaidWhenAStageChanges() {
    try (LiveProgress live = new LiveProgress(out, false)) {
      live.show("0 of 1 video done", List.of(searching()));
      live.show("0 of 1 video done", List.of(searching()));
      live.show("0 of 1 video done", List.of(encoding(1)));
      live.show("0 of 1 video done", List.of(encoding(2)));
    }

    assertThat(lines())
        .containsExactly(
            "  a.mkv: searching (CRF 31)",
            "0 of 1 video done",
            "  a.mkv: encoding 1 %, 48 fps, ETA 1:03, 2.50 MB");
  }

  @Test
  void onATerminalEachVideoHasALineThatIsDrawnAgain() {
    try (LiveProgress live = new LiveProgress(out, true)) {
      live.show("0 of 1 video done", List.of(encoding(50)));
      live.show("0 of 1 video done", List.of(encoding(51)));
    }

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("██████████░░░░░░░░░░", "50 %, 48 fps", "51 %, 48 fps")
        .contains("\u001b[1A\u001b[2K\u001b[1A\u001b[2K");
  }
}
