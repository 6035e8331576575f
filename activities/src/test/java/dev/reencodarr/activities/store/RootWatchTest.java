package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.process.FuseMount;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootWatchTest {

  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final RootWatch watch = new RootWatch(PATIENCE);
  @TempDir private Path folder;

  private static MediaPath root(Path path) {
    return new MediaPath(path.toString());
  }

  private long threadsAt(Path root) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("root " + root))
        .count();
  }

  @Test
  void aRootThatAnswersIsLookedAt() throws Exception {
    assertThat(watch.look(root(folder), () -> Files.isDirectory(folder))).isTrue();
  }

  @Test
  void whatTheLookSaysOfItsFailureComesThrough() {
    assertThatThrownBy(() ->
            watch.look(
                root(folder),
                () -> {
                  throw new IOException("disk error");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk error");
  }

  @Test
  void aLookThatHangsBlocksOneThreadHoweverOftenItIsAskedForAndTheOthersGoOn() throws Exception {
    CountDownLatch mountIsBack = new CountDownLatch(1);
    Path other = Files.createDirectory(folder.resolve("other"));
    for (int asked = 1; asked <= 20; asked++) {
      assertThatThrownBy(() ->
              watch.look(
                  root(folder),
                  () -> {
                    mountIsBack.await();
                    return true;
                  }))
          .isInstanceOf(RootWatch.Hangs.class);
      assertThat(watch.look(root(other), () -> Files.isDirectory(other))).isTrue();
    }

    assertThat(threadsAt(folder)).isEqualTo(1);

    mountIsBack.countDown();
    Processes.await("it is looked at again", SOON, () -> answers(folder));
  }

  @Test
  void whoeverAsksWhileAnEarlierLookHangsIsToldAtOnce() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(() ->
            watch.look(
                root(folder),
                () -> {
                  never.await();
                  return true;
                }))
        .isInstanceOf(RootWatch.Hangs.class);

    long began = System.nanoTime();
    for (int asked = 1; asked <= 1000; asked++) {
      assertThatThrownBy(() -> watch.look(root(folder), () -> true))
          .isInstanceOf(RootWatch.Hangs.class);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(100));
    never.countDown();
  }

  private boolean answers(Path root) throws IOException {
    try {
      return watch.look(root(root), () -> Files.isDirectory(root));
    } catch (RootWatch.Hangs e) {
      return false;
    }
  }

  /** A FUSE file system whose program is stopped is a mount that hangs. */
  @Test
  void aRealMountThatHangsBlocksOneThreadAndIsThereAgainWhenItAnswers() throws Exception {
    Path below = Files.createDirectory(folder.resolve("below"));
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Files.createFile(below.resolve("film.mkv"));
    Path film = mount.resolve("film.mkv");
    try (FuseMount fuse = FuseMount.of(below, mount)) {
      fuse.hang();
      for (int asked = 1; asked <= 5; asked++) {
        assertThatThrownBy(() -> watch.look(root(mount), () -> Files.exists(film)))
            .isInstanceOf(RootWatch.Hangs.class);
      }
      assertThat(threadsAt(mount)).isEqualTo(1);

      fuse.goOn();
      Processes.await("it answers again", SOON, () -> answers(mount));
    }
  }
}
