package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mount can do is found out by doing it, kept, and not believed for ever. */
class MountsTest {

  private static Database database;

  @TempDir private Path root;
  private DotFolder folder;
  private FileOwner owner;

  @BeforeAll
  static void oneDatabase() {
    database = TestDatabase.fresh();
  }

  @BeforeEach
  void aDotFolder() throws IOException {
    folder = DotFolder.createdIn(root);
    owner = FileOwner.of(folder.path()).orElseThrow();
  }

  private static Mounts mounts(MountCalls calls) {
    return new Mounts(ReplaceBench.machine(), database, calls);
  }

  /** Counts trials by the exchanges that are tried. */
  private static MountCalls counting(AtomicInteger trials, MountCalls calls) {
    return new MountCalls() {
      @Override
      public void exchange(Path one, Path other) throws IOException {
        trials.incrementAndGet();
        calls.exchange(one, other);
      }

      @Override
      public void renameToFreeName(Path from, Path to) throws IOException {
        calls.renameToFreeName(from, to);
      }

      @Override
      public void link(Path file, Path name) throws IOException {
        calls.link(file, name);
      }
    };
  }

  @Test
  void aDiskOfLinuxOffersEverything() throws IOException {
    assertThat(mounts(MountCalls.real()).of(folder, owner))
        .isEqualTo(new MountAbility(true, true, true, true, Duration.ofNanos(1), true, true));
    assertThat(folder.path()).as("nothing is left").isEmptyDirectory();
  }

  @Test
  void whatIsNotOfferedIsNoted() throws IOException {
    for (TestMount mount : TestMount.values()) {
      DotFolder own = DotFolder.createdIn(Files.createDirectory(root.resolve(mount.name())));

      assertThat(mounts(mount.calls()).of(own, owner)).isEqualTo(mount.ability());
      assertThat(own.path()).isEmptyDirectory();
    }
  }

  @Test
  void aFileSystemThatRenamesWhateverItIsAskedForIsFoundOut() throws IOException {
    MountCalls lying =
        new MountCalls() {
          @Override
          public void exchange(Path one, Path other) throws IOException {
            Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
          }

          @Override
          public void renameToFreeName(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
          }

          @Override
          public void link(Path file, Path name) throws IOException {
            Files.copy(file, name);
          }
        };

    MountAbility seen = mounts(lying).of(folder, owner);

    assertThat(seen.atomicExchange()).isFalse();
    assertThat(seen.renameNoReplace()).isFalse();
    assertThat(seen.hardLinks()).isFalse();
    assertThat(seen.bestWay(false)).isEqualTo(SwapWay.COPY);
    assertThat(folder.path()).isEmptyDirectory();
  }

  /** Two names that the trial takes for two files show one number. */
  @Test
  void aFileSystemThatGivesTwoFilesOneNumberIsFoundOut() throws IOException {
    MountCalls real = MountCalls.real();
    MountCalls colliding =
        new MountCalls() {
          @Override
          public void exchange(Path one, Path other) throws IOException {
            Files.delete(other);
            Files.createLink(other, one);
          }

          @Override
          public void renameToFreeName(Path from, Path to) throws IOException {
            throw new NotOffered(from, to, "this");
          }

          @Override
          public void link(Path file, Path name) throws IOException {
            real.link(file, name);
          }
        };

    assertThat(mounts(colliding).of(folder, owner).stableInodes()).isFalse();
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void aTrialIsKeptForADayAndForOneRunOfTheWorker() throws IOException {
    AtomicInteger trials = new AtomicInteger();
    Mounts mounts = mounts(counting(trials, TestMount.NOTHING.calls()));

    mounts.of(folder, owner);
    mounts.of(folder, owner);
    assertThat(trials).hasValue(1);
    database
        .client()
        .sql("update mount_abilities set tried_at = now() - interval '25 hours'")
        .update();
    mounts.of(folder, owner);
    assertThat(trials).hasValue(2);
    mounts(counting(trials, TestMount.NOTHING.calls())).of(folder, owner);
    assertThat(trials).as("another run").hasValue(3);
    mounts.of(folder, new FileOwner(owner.uid() + 1, owner.gid()));
    assertThat(trials).as("another owner").hasValue(4);
    mounts.of(folder, new FileOwner(owner.uid() + 1, owner.gid() + 1));
    assertThat(trials).as("another group").hasValue(5);
    mounts.of(folder, new FileOwner(owner.uid() + 1, owner.gid()));
    assertThat(trials).as("both are known").hasValue(5);
  }

  @Test
  void whatATrialOfAnEarlierRunHasLeftIsRemovedAndNothingElse() throws IOException {
    String host = ReplaceBench.machine().host();
    Path left =
        Files.createDirectory(
            folder
                .path()
                .resolve("trial-" + host + "-" + UUID.randomUUID() + "-" + UUID.randomUUID()));
    Files.writeString(left.resolve("one"), "one");
    Path ofAnother =
        Files.createDirectory(
            folder
                .path()
                .resolve("trial-" + host + "-2-" + UUID.randomUUID() + "-" + UUID.randomUUID()));
    Path theirs = Files.createDirectory(folder.path().resolve("stage"));

    mounts(MountCalls.real()).of(folder, owner);

    assertThat(left).doesNotExist();
    assertThat(ofAnother).as("a machine whose name goes on after ours is at work").exists();
    assertThat(theirs).exists();
  }

  @Test
  void aMountThatIsAwayIsNotTried() throws IOException {
    Files.delete(folder.path());

    assertThatThrownBy(() -> mounts(MountCalls.real()).of(folder, owner))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(root).isEmptyDirectory();
  }
}
