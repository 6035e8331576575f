package dev.reencodarr.activities.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.sync.ArrKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSpoolTest {

  @TempDir private Path home;

  private static SpooledEvent event(long title) {
    return new SpooledEvent(3, "tv", ArrKind.SONARR, "attic", title);
  }

  private Path folder() {
    return home.resolve("webhooks");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList();
    }
  }

  private static List<Long> titles(EventSpool spool) throws IOException {
    return spool.take().events().stream().map(SpooledEvent::title).toList();
  }

  @Test
  void whatIsKeptLiesThereInOrderUntilItIsDone() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(7));
      spool.keep(event(2));
      EventSpool.Batch batch = spool.take();
      spool.keep(event(9));

      assertThat(titles(spool)).as("it was not handed on yet").containsExactly(7L, 2L);
      spool.done(batch);
      assertThat(titles(spool)).containsExactly(9L);
      spool.done(spool.take());
      assertThat(spool.take().isEmpty()).isTrue();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void whatLiesThereIsNotWrittenTwiceAndWhatWasTakenIs() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      for (int i = 0; i < 100; i++) {
        spool.keep(event(7));
      }
      EventSpool.Batch taken = spool.take();
      assertThat(Files.readAllLines(taken.files().getFirst())).hasSize(1);

      spool.keep(event(7));
      spool.done(taken);
      assertThat(titles(spool)).containsExactly(7L);
    }
  }

  @Test
  void whatWasNotHandedOnIsSoAfterARestart() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(7));
    }
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(2));
      EventSpool.Batch first = spool.take();
      assertThat(first.events()).containsExactly(event(7));
      spool.done(first);
      assertThat(titles(spool)).containsExactly(2L);
    }
  }

  @Test
  void whileEventsComeNoneWaitsForAFileToBeMade() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(7));
      EventSpool.Batch first = spool.take();
      List<Path> before = files();
      spool.keep(event(8));

      assertThat(files()).as("the file of the second was there").isEqualTo(before).hasSize(2);
      spool.done(first);
      assertThat(titles(spool)).containsExactly(8L);
    }
  }

  @Test
  void whatWasMadeReadyForNothingIsNotLeft() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(7));
      spool.done(spool.take());
      assertThat(files()).hasSize(1);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void anEmptyFileThatAKillHasLeftIsTakenAway() throws IOException {
    EventSpool.open(folder()).close();
    Files.createFile(folder().resolve("000000000000000005.events"));
    try (EventSpool spool = EventSpool.open(folder())) {
      EventSpool.Batch left = spool.take();
      assertThat(left.events()).isEmpty();
      spool.done(left);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void itIsPrivate() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(7));

      assertThat(Files.getPosixFilePermissions(folder()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(files().getFirst()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void aFileThatEndsAtAnyByteGivesItsWholeLinesAndNoHalfOne() throws IOException {
    byte[] whole;
    try (EventSpool spool = EventSpool.open(folder())) {
      for (long title = 10; title < 14; title++) {
        spool.keep(event(title));
      }
      whole = Files.readAllBytes(spool.take().files().getFirst());
    }
    Path cut = files().getFirst();
    for (int bytes = 0; bytes <= whole.length; bytes++) {
      byte[] begin = Arrays.copyOf(whole, bytes);
      Files.write(cut, begin);
      long lines = new String(begin, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      try (EventSpool spool = EventSpool.open(folder())) {
        assertThat(titles(spool))
            .as("cut after %d bytes", bytes)
            .containsExactlyElementsOf(LongStream.range(10, 10 + lines).boxed().toList());
      }
    }
  }

  @Test
  void aDamagedLineIsLeftOutAndTheOthersAreNot() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      spool.keep(event(10));
      spool.keep(event(11));
      spool.keep(event(12));
    }
    Path file = files().getFirst();
    Files.writeString(file, Files.readString(file).replace("\"title\":11", "\"title\":91"));

    try (EventSpool spool = EventSpool.open(folder())) {
      assertThat(titles(spool)).containsExactly(10L, 12L);
    }
  }

  @Test
  void manyAtOnceAreAllKept() throws Exception {
    try (EventSpool spool = EventSpool.open(folder());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> kept = new ArrayList<>();
      for (long title = 1; title <= 2000; title++) {
        SpooledEvent event = event(title);
        kept.add(
            threads.submit(() -> {
              spool.keep(event);
              return true;
            }));
      }
      for (Future<?> each : kept) {
        each.get();
      }
      assertThat(titles(spool))
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 2000).boxed().toList());
    }
  }

  @RepeatedTest(3)
  void whatWasAnsweredForSurvivesAKillAtAnyMoment() throws Exception {
    List<Long> answered = new ArrayList<>();
    Process jvm = SpoolJvm.start(folder());
    try (BufferedReader said = jvm.inputReader()) {
      // What it says after that was said before it died.
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.matches("[0-9]+[.]")) {
          answered.add(Long.parseLong(line.replace(".", "")));
        }
        if (answered.size() == 300) {
          // By its handle: what it has said before is still to be read.
          var _ = jvm.toHandle().destroyForcibly();
        }
      }
    } finally {
      jvm.destroyForcibly().waitFor();
    }
    try (EventSpool spool = EventSpool.open(folder())) {
      assertThat(answered).hasSizeGreaterThanOrEqualTo(300);
      assertThat(titles(spool)).containsAll(answered);
    }
  }

  @Test
  void whatCannotBeWrittenIsNotAnsweredForAndTheNextIsWrittenElsewhere() throws IOException {
    try (EventSpool spool = EventSpool.open(folder())) {
      Files.delete(folder());
      assertThatThrownBy(() -> spool.keep(event(7))).isInstanceOf(IOException.class);

      Files.createDirectory(folder());
      spool.keep(event(8));
      assertThat(titles(spool)).containsExactly(8L);
    }
  }
}
