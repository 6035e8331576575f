package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.workflows.media.PlainNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that no rung reaches, one that a lower rung reaches, and a result that is too large. */
class LadderTest {

  private static final String MISSED = "crf_search PRESET_RETRY next rung";

  @TempDir Path folder;

  @Test
  void everyRungThatIsLeftIsOnRecordAndTheLadderEndsAsTheSettingsSay() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 2);
    Path large = TestClips.made(films.resolve("large.mkv"), 8);
    byte[] original = Files.readAllBytes(film);
    byte[] largeOriginal = Files.readAllBytes(large);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12, 8]",
            "min_crf: 45",
            "max_crf: 45",
            "vmaf_scale: none",
            "lower_target: false",
            "size_limit: 40KiB",
            "over_size_limit: fail",
            "crf_not_found: fail",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");

      assertThat(installation.type(order(film, "99.9")).exitCode()).isEqualTo(1);
      assertThat(rows(installation, film))
          .containsExactly(MISSED, "crf_search CRF_NOT_FOUND give up");
      assertThat(film).hasBinaryContent(original);

      List<Double> scores = installation.scoresFromTheQuickestPreset(film);
      assertThat(scores.getLast())
          .as("a slower preset keeps more, at the same CRF")
          .isGreaterThan(scores.getFirst());
      Path same = Files.copy(film, films.resolve("same.mkv"));
      double between = (scores.getFirst() + scores.getLast()) / 2;
      installation.typeWell(order(same, PlainNumber.text(between)));
      assertThat(rows(installation, same)).containsExactly(MISSED);
      assertThat(installation.failureRows(same)).allMatch(row -> row.resolvedAt().isPresent());
      assertThat(installation.known(same).get("preset").asInt()).isEqualTo(8);
      assertThat(Quarantine.of(films).original("same.mkv")).hasBinaryContent(original);

      assertThat(installation.type(order(large, "30")).exitCode()).isEqualTo(1);
      assertThat(rows(installation, large))
          .containsExactly("crf_search SIZE_LIMIT next rung", "crf_search SIZE_LIMIT give up");
      assertThat(large).hasBinaryContent(largeOriginal);
    }
  }

  private static Object[] order(Path film, String target) {
    return new Object[] {"enqueue", film, "--target", target, "--wait"};
  }

  /** What is on record, oldest first: stage, code, and what was decided. */
  private static List<String> rows(Installation installation, Path film) {
    return installation.failureRows(film).reversed().stream().map(LadderTest::words).toList();
  }

  private static String words(FailureRow row) {
    String decided = row.context().get("reaction").asText();
    assertThat(row.isFinal()).isEqualTo(decided.equals("give up"));
    return row.stage().code() + " " + row.code() + " " + decided;
  }
}
