package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.UntoldFile;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ManagedFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a difference is left to the telling. Ours: file 1, 1000 bytes before and 400 now. */
class TitleDifferenceTest {

  private static final String A = "/tv/Dark/a.mkv";
  private static final String B = "/tv/Dark/b.mkv";
  private static final List<UntoldFile> UNTOLD = List.of(new UntoldFile(1, new MediaPath(A), 400));

  private static ManagedFile file(long id, String path, long size) {
    return new ManagedFile(id, 7, 1, path, size, "", 0, false, "", "", "", "", "");
  }

  private static KnownFile known(long id, String path, long size) {
    return new KnownFile(new MediaPath(path), file(id, path, size));
  }

  private static boolean isToBeLookedAt(List<UntoldFile> untold, ManagedFile... files) {
    return TitleDifference.between(
            List.of(known(1, A, 1000)),
            List.of(files),
            untold,
            path -> Optional.of(new MediaPath(path)))
        .isToBeLookedAt();
  }

  @Test
  void ourOwnNewSizeIsNoNewsWhileItIsBeingTold() {
    assertThat(isToBeLookedAt(UNTOLD, file(1, A, 400))).isFalse();
    assertThat(isToBeLookedAt(List.of(), file(1, A, 400))).isTrue();
  }

  @Test
  void anotherNameOfOursIsNoNewsWhileItIsBeingTold() {
    assertThat(isToBeLookedAt(UNTOLD, file(1, B, 400))).as("renamed there").isFalse();
    List<UntoldFile> elsewhere = List.of(new UntoldFile(1, new MediaPath(B), 400));
    assertThat(isToBeLookedAt(elsewhere, file(2, B, 400))).as("known anew").isFalse();
    assertThat(isToBeLookedAt(elsewhere)).as("not found again yet").isFalse();
  }

  @Test
  void whatSomebodyElseHasPutThereIsNews() {
    assertThat(isToBeLookedAt(UNTOLD, file(1, A, 4000))).isTrue();
    assertThat(isToBeLookedAt(UNTOLD, file(2, A, 4000))).as("an upgrade").isTrue();
  }

  @Test
  void whatElseHappensAtTheTitleIsNews() {
    assertThat(isToBeLookedAt(UNTOLD, file(1, A, 400), file(2, B, 10))).isTrue();
  }
}
