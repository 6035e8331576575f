package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.bench.chaos.Seen.Content;
import dev.reencodarr.bench.chaos.Seen.Original;
import dev.reencodarr.bench.chaos.Violation.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each broken promise is planted into a batch where all is well, and has to be found. */
class InspectionTest {

  private static final Path LIBRARY = Path.of("/library");
  private static final Path DOTS = LIBRARY.resolve(".reencodarr");

  /** Was replaced at its own path. */
  private static final Path SAME = LIBRARY.resolve("batch/same.mkv");

  /** Was replaced by a file beside it. */
  private static final Path OLD = LIBRARY.resolve("batch/old.avi");

  private static final Path NEW = LIBRARY.resolve("batch/old.mkv");

  /** Was left alone. */
  private static final Path LEFT = LIBRARY.resolve("batch/left.mp4");

  private final Map<Path, Content> files = new HashMap<>();
  private final List<VideoRow> videos = new ArrayList<>();
  private final List<SwapRow> swaps = new ArrayList<>();
  private final List<String> jobs = new ArrayList<>();
  private final List<String> orphans = new ArrayList<>();
  private final Map<Integer, Integer> launches = new HashMap<>(Map.of(1, 1, 2, 1));
  private int openOrders;

  @BeforeEach
  void allIsWell() {
    files.put(DOTS.resolve("library.json"), new Content("marker", -1));
    files.put(SAME, new Content("result 1", 1));
    files.put(NEW, new Content("result 2", 2));
    files.put(LEFT, new Content("original 3", 3));
    quarantined("1", "same.mkv", new Content("original 1", 1));
    quarantined("2", "old.avi", new Content("original 2", 2));
    videos.add(video("1", SAME, "encoded"));
    videos.add(video("2", NEW, "encoded"));
    videos.add(video("3", LEFT, "cancelled"));
    swaps.add(swap("1", "done", SAME, SAME, "result 1"));
    swaps.add(swap("2", "done", OLD, NEW, "result 2"));
  }

  private void quarantined(String id, String name, Content content) {
    files.put(quarantine(id).resolve(name), content);
    files.put(quarantine(id).resolve("manifest.json"), new Content("manifest", -1));
  }

  private static Path quarantine(String id) {
    return DOTS.resolve("quarantine").resolve(id);
  }

  private static VideoRow video(String id, Path path, String state) {
    return new VideoRow(id, path, state, "", "");
  }

  private static SwapRow swap(String id, String state, Path source, Path target, String result) {
    return new SwapRow(id, state, "COMMIT", source, target, quarantine(id), result, false, true);
  }

  private List<Kind> found() {
    List<Original> films =
        List.of(
            new Original(1, SAME, SAME, "original 1"),
            new Original(2, OLD, NEW, "original 2"),
            new Original(3, LEFT, LEFT, "original 3"));
    Seen seen =
        new Seen(films, files, jobs, orphans, new Ledger(videos, swaps, openOrders), launches, 1);
    return Inspection.of(seen, true).stream().map(Violation::kind).toList();
  }

  @Test
  void whereAllIsWellNothingIsFound() {
    assertThat(found()).isEmpty();
  }

  @Test
  void anOriginalThatIsGoneIsALoss() {
    files.remove(LEFT);
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void anOriginalThatIsCutShortIsALoss() {
    files.put(LEFT, new Content("half of original 3", -1));
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void anOriginalThatLiesElsewhereThanItsRowSaysIsNoLossButUntrue() {
    files.remove(LEFT);
    quarantined("3", "left.mp4", new Content("original 3", 3));
    assertThat(found()).contains(Kind.UNTRUE_ROW).doesNotContain(Kind.LOSS);
  }

  @Test
  void aResultThatIsCutShortIsALoss() {
    files.put(SAME, new Content("half of result 1", -1));
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void aResultThatIsGoneIsALoss() {
    files.remove(NEW);
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void anAcceptedOriginalIsGoneForGoodAndItsFolderToo() {
    SwapRow accepted =
        new SwapRow("1", "done", "ACCEPT", SAME, SAME, quarantine("1"), "result 1", false, false);
    swaps.set(0, accepted);
    assertThat(found()).containsOnly(Kind.LITTER);

    files.keySet().removeIf(file -> file.startsWith(quarantine("1")));
    assertThat(found()).isEmpty();

    files.put(SAME, new Content("half of result 1", -1));
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void theResultOfAnotherFilmIsALoss() {
    files.put(SAME, new Content("result 1", 2));
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void anOriginalThatIsNotInQuarantineIsALoss() {
    files.remove(quarantine("2").resolve("old.avi"));
    assertThat(found()).containsExactly(Kind.LOSS);
  }

  @Test
  void anOriginalBesideItsResultIsLitter() {
    files.put(OLD, new Content("original 2", 2));
    assertThat(found()).containsExactly(Kind.LITTER);
  }

  @Test
  void aFilmReplacedTwiceIsADoubleCommit() {
    swaps.addFirst(swap("0", "done", SAME, SAME, "result 0"));
    assertThat(found()).contains(Kind.DOUBLE_COMMIT);
  }

  @Test
  void aSwapThatWasNotFinishedIsUntrue() {
    swaps.add(swap("3", "intended", LEFT, LEFT, "result 3"));
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }

  @Test
  void aRowThatSaysEncodedOfAnOriginalIsUntrue() {
    videos.set(2, video("3", LEFT, "encoded"));
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }

  @Test
  void aRowThatSaysFailedOfAResultIsUntrue() {
    videos.set(0, video("1", SAME, "failed"));
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }

  @Test
  void aFilmWithoutARowIsUntrue() {
    videos.removeFirst();
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }

  @Test
  void aQuarantineWithoutAManifestIsUntrue() {
    files.remove(quarantine("1").resolve("manifest.json"));
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }

  @Test
  void aStagedFileIsLitter() {
    files.put(DOTS.resolve("stage/3/1.mp4"), new Content("result 3", 3));
    assertThat(found()).containsExactly(Kind.LITTER);
  }

  @Test
  void aProbeOfTheMountBesideAFilmIsLitter() {
    files.put(LIBRARY.resolve("batch/.reencodarr-probe-3"), new Content("", -1));
    assertThat(found()).containsExactly(Kind.LITTER);
  }

  @Test
  void aQuarantineThatNoRowKnowsIsLitter() {
    files.put(quarantine("9").resolve("manifest.json"), new Content("manifest", -1));
    assertThat(found()).containsExactly(Kind.LITTER);
  }

  @Test
  void aJobFolderIsLitter() {
    jobs.add("jobs/3.key");
    assertThat(found()).containsExactly(Kind.LITTER);
  }

  @Test
  void aProcessThatGoesOnIsAnOrphan() {
    orphans.add("4711 ffmpeg");
    assertThat(found()).containsExactly(Kind.ORPHAN);
  }

  @Test
  void aFilmAtWorkIsStuck() {
    videos.set(2, video("3", LEFT, "waiting"));
    assertThat(found()).containsExactly(Kind.STUCK);
  }

  @Test
  void anOrderThatIsNotSettledIsStuck() {
    openOrders = 1;
    assertThat(found()).containsExactly(Kind.STUCK);
  }

  @Test
  void anEncodeMoreThanFaultsHaveEndedIsDoubleWork() {
    launches.put(1, 2);
    assertThat(found()).isEmpty();
    launches.put(1, 3);
    assertThat(found()).containsExactly(Kind.DOUBLE_WORK);
  }

  @Test
  void whatWasPutBackIsWellWithItsResultInQuarantine() {
    putBack();
    assertThat(found()).isEmpty();
  }

  private void putBack() {
    swaps.set(0, swap("1", "undone", SAME, SAME, "result 1"));
    swaps.set(1, swap("2", "undone", OLD, NEW, "result 2"));
    videos.set(0, video("1", SAME, "skipped"));
    videos.set(1, video("2", OLD, "skipped"));
    files.put(SAME, new Content("original 1", 1));
    files.remove(NEW);
    files.put(OLD, new Content("original 2", 2));
    quarantined("1", "same.mkv", new Content("result 1", 1));
    files.remove(quarantine("2").resolve("old.avi"));
    quarantined("2", "result", new Content("result 2", 2));
  }

  @Test
  void aResultThatUndoHasLostIsALoss() {
    putBack();
    files.remove(quarantine("2").resolve("result"));
    assertThat(found()).contains(Kind.LOSS);
  }

  @Test
  void anOriginalThatUndoHasNotPutBackIsFound() {
    putBack();
    files.put(SAME, new Content("result 1", 1));
    assertThat(found()).contains(Kind.LOSS);
  }

  @Test
  void anUndoThatWasNotFinishedIsUntrue() {
    swaps.set(
        0,
        new SwapRow(
            "1", "done", "UNDO_INTENT", SAME, SAME, quarantine("1"), "result 1", true, true));
    assertThat(found()).containsExactly(Kind.UNTRUE_ROW);
  }
}
