package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files are set aside and put back, whatever they are called and whoever interferes. */
class SetAsideTest {

  private final List<MediaPath> journal = new ArrayList<>();
  private final SetAside aside = new SetAside(root -> {});
  @TempDir private Path library;

  private SetAside.Subject subject(Path file) throws IOException {
    return new SetAside.Subject(
        9,
        new VideoId(UUID.fromString("00000000-0000-0000-0000-000000000007")),
        new MediaPath(library.toString()),
        new MediaPath(file.toString()),
        FileIdentity.Stamp.of(file));
  }

  private Path film(String name) throws IOException {
    Path file = library.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "broken");
  }

  private MediaPath kept(SetAside.Subject subject) {
    return ((SetAside.Outcome.Kept) aside.setAside(subject, journal::add)).kept();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dark/Season 01/a film.mkv",
        "-rf.mkv",
        "line\nbreak.mkv",
        "\uD83C\uDFAC 'quoted' \"twice\" $(x) `y`.mkv",
        "place.json",
        "Ångström.mkv"
      })
  void aFileLiesOutOfSightAndComesBackAsItWas(String name) throws Exception {
    Path file = film(name);
    SetAside.Subject subject = subject(file);

    MediaPath kept = kept(subject);

    assertThat(file).doesNotExist();
    assertThat(Path.of(kept.value())).hasContent("broken");
    assertThat(journal).as("written down before it is moved").containsExactly(kept);
    assertThat(aside.holds(subject, kept)).isTrue();

    assertThat(aside.putBack(subject, kept)).isEmpty();

    assertThat(file).hasContent("broken");
    assertThat(FileIdentity.Stamp.of(file)).isEqualTo(subject.stamp());
    assertThat(Path.of(kept.value()).getParent()).doesNotExist();
  }

  @Test
  void doneTwiceItIsDoneOnce() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);

    assertThat(kept(subject)).isEqualTo(kept(subject));
    MediaPath kept = kept(subject);
    assertThat(aside.putBack(subject, kept)).isEmpty();
    assertThat(aside.putBack(subject, kept)).isEmpty();
    assertThat(file).hasContent("broken");
  }

  @Test
  void anotherFileAtThePlaceIsNotTouched() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);
    Files.writeString(file, "another one");

    assertThat(aside.setAside(subject, journal::add))
        .isEqualTo(new SetAside.Outcome.Changed("another file lies there"));
    assertThat(file).hasContent("another one");
    assertThat(journal).isEmpty();
  }

  @Test
  void nothingIsPutOverAFileThatHasCome() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);
    MediaPath kept = kept(subject);
    Files.writeString(file, "another one");

    assertThat(aside.putBack(subject, kept)).contains("another file lies at " + file);

    assertThat(file).hasContent("another one");
    assertThat(Path.of(kept.value())).hasContent("broken");
  }

  @Test
  void foldersThatWereClearedAwayAreMadeAgain() throws Exception {
    Path file = film("Dark/Season 01/film.mkv");
    SetAside.Subject subject = subject(file);
    MediaPath kept = kept(subject);
    Files.delete(library.resolve("Dark/Season 01"));
    Files.delete(library.resolve("Dark"));

    assertThat(aside.putBack(subject, kept)).isEmpty();

    assertThat(file).hasContent("broken");
  }

  @Test
  void noLinkIsFollowedOutOfTheLibrary(@TempDir Path elsewhere) throws Exception {
    Path real = Files.writeString(elsewhere.resolve("film.mkv"), "broken");
    Files.createSymbolicLink(library.resolve("Dark"), elsewhere);
    SetAside.Subject subject = subject(library.resolve("Dark/film.mkv"));

    assertThatThrownBy(() -> aside.setAside(subject, journal::add))
        .hasMessageContaining("is a symbolic link");
    assertThat(real).exists();
  }

  @Test
  void aLibraryThatIsNotMountedIsNotWrittenTo() throws Exception {
    SetAside gone =
        new SetAside(root -> {
          throw Faults.of(EvidenceKind.MOUNT_GONE, root + " is not mounted");
        });
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);

    assertThatThrownBy(() -> gone.setAside(subject, journal::add)).hasMessageContaining("mounted");
    assertThatThrownBy(() -> gone.letGo(subject, new MediaPath(file.toString())))
        .hasMessageContaining("mounted");
    assertThat(file).exists();
  }

  @Test
  void whatWasCutShortAfterTheMoveIsFoundWhereItLies() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);

    assertThatThrownBy(() ->
            aside.setAside(
                subject,
                place -> {
                  journal.add(place);
                  throw new IllegalStateException("killed");
                }))
        .hasMessage("killed");
    assertThat(file).as("not moved yet").exists();
    assertThat(aside.holds(subject, journal.getFirst())).isFalse();

    Files.move(file, Path.of(journal.getFirst().value()));
    assertThat(aside.holds(subject, journal.getFirst())).isTrue();
    assertThat(kept(subject)).isEqualTo(journal.getFirst());
  }

  @Test
  void aFileThatWasTakenForItGoesBackToItsPlaceAlsoAfterACrash() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);
    MediaPath kept = kept(subject);
    // As a crash leaves it between the rename and the look at what was renamed.
    Files.writeString(Path.of(kept.value()), "a newcomer of another size");

    assertThat(aside.holds(subject, kept)).isFalse();
    assertThat(aside.setAside(subject, journal::add))
        .isEqualTo(new SetAside.Outcome.Changed("another file lies there"));
    assertThat(file).hasContent("a newcomer of another size");
  }

  @Test
  void aFileThatWasTakenForItAndCannotGoBackIsKeptAndNeverLetGo() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);
    MediaPath kept = kept(subject);
    Files.writeString(Path.of(kept.value()), "a newcomer of another size");
    Files.writeString(file, "a third one");

    assertThat(aside.setAside(subject, journal::add)).isEqualTo(new SetAside.Outcome.Taken(kept));

    aside.letGo(subject, kept);
    assertThat(Path.of(kept.value())).hasContent("a newcomer of another size");
    assertThat(file).hasContent("a third one");
  }

  @Test
  void whatIsLetGoIsGoneForGood() throws Exception {
    Path file = film("Dark/film.mkv");
    SetAside.Subject subject = subject(file);
    MediaPath kept = kept(subject);

    aside.letGo(subject, kept);
    aside.letGo(subject, kept);

    assertThat(Path.of(kept.value()).getParent()).doesNotExist();
  }
}
