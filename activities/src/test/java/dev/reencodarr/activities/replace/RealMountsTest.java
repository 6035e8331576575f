package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Swap and undo on file systems as people have them, mounted for the test. */
class RealMountsTest {

  private static final Proof PROOF = new Proof("real-mounts");

  private static Database database;

  @TempDir private Path folder;
  private final MountedFolders mounts = new MountedFolders();
  private Path at;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @AfterAll
  static void writeDown() throws IOException {
    PROOF.write();
  }

  @BeforeEach
  void root() throws IOException {
    MountedFolders.assumeRoot();
    at = folder.resolve("mnt");
  }

  @AfterEach
  void unmount() throws IOException {
    mounts.close();
  }

  /** All that can be done to a file there, by what the mount is found to offer. */
  private MountAbility proveOn(Path mount) throws IOException {
    ReplaceBench same = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
    MountAbility ability = proven(same);
    proven(ReplaceBench.in(database, mount, "movie.avi", "movie.mkv"));
    return ability;
  }

  private static MountAbility proven(ReplaceBench bench) throws IOException {
    Swapper swapper = bench.triedSwapper(database, TestMount.EVERYTHING);
    SwapRequest request = bench.staged("swap");
    assertThat(swapper.swap(request)).isInstanceOf(SwapOutcome.Replaced.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    Replacement row = bench.rows().byAttempt(request.attempt()).orElseThrow();
    assertThat(Quarantine.of(row).original()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(swapper.undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(swapper.undo(bench.video(), "redo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.files()).as("no litter").hasSize(2);
    MountAbility ability =
        new Mounts(ReplaceBench.machine(), database)
            .of(Quarantine.of(row).dotFolder(), FileOwner.of(bench.target()).orElseThrow());
    if (row.staysAtPath()) {
      assertThat(row.way()).isEqualTo(ability.bestWay(false));
    }
    return ability;
  }

  private static void note(String what, MountAbility ability) {
    PROOF.count(
        what
            + ": "
            + ability.bestWay(false)
            + (ability.renameNoReplace() ? "" : ", no free-name rename")
            + (ability.stableInodes() ? "" : ", inodes change")
            + ", grain "
            + ability.mtimeGrain(),
        1);
  }

  @Test
  void tmpfs() throws IOException {
    MountAbility ability = proveOn(mounts.tmpfs(at, "4m"));

    assertThat(ability.bestWay(false)).isEqualTo(SwapWay.EXCHANGE);
    note("tmpfs", ability);
  }

  @Test
  void ext4() throws IOException {
    MountedFolders.assumeInstalled("mkfs.ext4");
    MountAbility ability =
        proveOn(mounts.loop(at, folder.resolve("image"), 16 << 20, "mkfs.ext4", "-q"));

    assertThat(ability.bestWay(false)).isEqualTo(SwapWay.EXCHANGE);
    note("ext4", ability);
  }

  @Test
  void xfs() throws IOException {
    MountedFolders.assumeInstalled("mkfs.xfs");
    MountAbility ability =
        proveOn(mounts.loop(at, folder.resolve("image"), 320L << 20, "mkfs.xfs", "-q"));

    assertThat(ability.bestWay(false)).isEqualTo(SwapWay.EXCHANGE);
    note("xfs", ability);
  }

  @Test
  void overlayOfAReadOnlyLayer() throws IOException {
    Path disk = mounts.tmpfs(folder.resolve("disk"), "4m");
    Path lower = Files.createDirectories(disk.resolve("lower"));
    Path upper = Files.createDirectories(disk.resolve("upper"));
    Path work = Files.createDirectories(disk.resolve("work"));
    ReplaceBench below = ReplaceBench.in(database, lower, "movie.mkv", "movie.mkv");
    mounts.mount(
        at,
        "mount",
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work,
        at.toString());
    ReplaceBench bench =
        new ReplaceBench(
            below.rows(),
            below.video(),
            at.resolve(lower.relativize(below.root())),
            at.resolve(lower.relativize(below.source())),
            at.resolve(lower.relativize(below.target())),
            Files.createDirectories(at.resolve("work")));

    note("overlayfs", proven(bench));
    assertThat(below.source()).as("the lower layer").hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void twoBindMountsOfOneDiskInsideOneLibrary() throws IOException {
    Path disk = mounts.tmpfs(folder.resolve("disk"), "4m");
    ReplaceBench bench =
        ReplaceBench.in(
            database, Files.createDirectories(disk.resolve("a")), "movie.mkv", "movie.mkv");
    Path show = bench.root().resolve("A Show");
    Path other = Files.createDirectories(disk.resolve("b"));
    mounts.mount(show, "mount", "--bind", other.toString(), show.toString());
    Files.createDirectories(InsideLibrary.folderOf(bench.source()));
    bench.writeOriginal();
    assertThat(FileStat.of(show).orElseThrow().device())
        .as("one device, and yet two mounts")
        .isEqualTo(FileStat.of(bench.root()).orElseThrow().device());

    note("two bind mounts of one disk", proven(bench));

    assertThat(show.resolve(DotFolder.NAME)).isDirectory();
    assertThat(bench.root().resolve(DotFolder.NAME)).doesNotExist();
  }

  @Test
  void aFuseFileSystemThatShowsNoHardLinks() throws IOException {
    MountedFolders.assumeInstalled("bindfs");
    Path disk = Files.createDirectories(folder.resolve("disk"));
    MountAbility ability =
        proveOn(mounts.mount(at, "bindfs", "--hide-hard-links", disk.toString(), at.toString()));

    assertThat(ability.hardLinks()).isFalse();
    assertThat(ability.bestWay(false)).isEqualTo(SwapWay.COPY);
    note("bindfs without hard links", ability);
  }

  @Test
  void mergerfsOverTwoDisks() throws IOException {
    MountedFolders.assumeInstalled("mergerfs");
    Path one = mounts.tmpfs(folder.resolve("one"), "4m");
    Path other = mounts.tmpfs(folder.resolve("other"), "4m");
    MountAbility ability =
        proveOn(
            mounts.mount(
                at,
                "mergerfs",
                "-o",
                "category.create=rand,minfreespace=0",
                one + ":" + other,
                at.toString()));

    assertThat(ability.atomicExchange()).isFalse();
    note("mergerfs", ability);
  }

  @Test
  void anOriginalGoesToFatWithItsCoarseTimesAndNothingOfItStays() throws IOException {
    MountedFolders.assumeInstalled("mkfs.vfat");
    assertRestoredTo(mounts.loop(at, folder.resolve("image"), 8 << 20, "mkfs.vfat"), "FAT");
  }

  @Test
  void anOriginalGoesToExfatWithItsCoarseTimesAndNothingOfItStays() throws IOException {
    MountedFolders.assumeInstalled("mkfs.exfat");
    MountedFolders.assumeInstalled("mount.exfat-fuse");
    String image = folder.resolve("image").toString();
    MountedFolders.run("truncate", "-s", "8M", image);
    MountedFolders.run("mkfs.exfat", image);
    assertRestoredTo(
        mounts.mount(at, "mount", "-t", "exfat-fuse", "-o", "loop", image, at.toString()),
        "exFAT by FUSE");
  }

  private void assertRestoredTo(Path stick, String what) throws IOException {
    ReplaceBench bench = ReplaceBench.replaced(database, folder, "movie.mkv");
    Path place = stick.resolve("movie.mkv");

    assertThat(
            bench
                .triedSwapper(database, TestMount.EVERYTHING)
                .restore(bench.video(), "restore#" + bench.video(), ReplaceBench.media(place)))
        .isEqualTo(new RestoreOutcome.Restored(ReplaceBench.media(place)));

    assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().quarantined()).isFalse();
    assertThat(Files.getLastModifiedTime(place).toInstant())
        .as("it shows coarser times")
        .isNotEqualTo(ReplaceBench.MODIFIED);
    PROOF.count(what + ": undo to another place", 1);
  }

  /** Two disks under one mount that shows the numbers which each disk has given. */
  @Test
  void aNewcomerThatIsShownWithTheNumberOfTheOriginalIsNotTakenForIt() throws IOException {
    MountedFolders.assumeInstalled("mergerfs");
    Path one = mounts.tmpfs(folder.resolve("one"), "4m");
    Path other = mounts.tmpfs(folder.resolve("other"), "4m");
    Path mount =
        mounts.mount(
            at,
            "mergerfs",
            "-o",
            "use_ino,inodecalc=passthrough,category.create=ff,minfreespace=0",
            one + ":" + other,
            at.toString());
    ReplaceBench bench = ReplaceBench.in(database, mount, "movie.avi", "movie.mkv");
    SwapRequest request = bench.staged("swap");
    CrashPoints stop =
        (step, moment) -> {
          if (step == Step.MOVE_ORIGINAL && moment == Moment.TAKEN) {
            throw new StoppedDead.PowerFailure(step.name());
          }
        };
    assertThatThrownBy(() -> bench.swapper(SwapWay.EXCHANGE, stop).swap(request))
        .isInstanceOf(StoppedDead.PowerFailure.class);
    Path kept = bench.quarantineFolder().resolve("movie.avi");
    Path newcomer = other.resolve(mount.relativize(bench.source()));
    Files.createDirectories(InsideLibrary.folderOf(newcomer));
    writeWithInode(newcomer, FileStat.of(kept).orElseThrow().inode());
    assertThat(FileStat.of(bench.source()).orElseThrow().sameFile(FileStat.of(kept).orElseThrow()))
        .as("they are shown with one number")
        .isTrue();

    bench.triedSwapper(database, TestMount.EVERYTHING).undo(bench.video(), "undo#" + bench.video());

    assertThat(kept).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.source()).hasContent("a newcomer");
    assertThat(bench.rows().byAttempt(request.attempt()).orElseThrow().quarantined()).isTrue();
  }

  /** A file system in memory counts its files. */
  private static void writeWithInode(Path file, long inode) throws IOException {
    for (int number = 0; number < 500; number++) {
      Path tried = Files.writeString(file.resolveSibling("file " + number), "a newcomer");
      if (FileStat.of(tried).orElseThrow().inode() == inode) {
        Files.move(tried, file);
        return;
      }
    }
    assumeThat(file).as("a file with the inode number " + inode).exists();
  }

  @Test
  void sftpWithoutHardLinks() throws IOException {
    MountedFolders.assumeInstalled("sshfs");
    MountedFolders.assumeInstalled("sftp-server");
    Path server =
        Files.writeString(
            folder.resolve("server"), "#!/bin/sh\nexec /usr/lib/openssh/sftp-server\n");
    Files.setPosixFilePermissions(
        server, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Path disk = Files.createDirectories(folder.resolve("disk"));
    MountAbility ability =
        proveOn(
            mounts.mount(
                at,
                "sshfs",
                "-o",
                "disable_hardlink,ssh_command=" + server,
                "localhost:" + disk,
                at.toString()));

    assertThat(ability.hardLinks()).isFalse();
    assertThat(ability.renameNoReplace()).isFalse();
    note("sshfs without hard links", ability);
  }

  @Test
  void smbOnLoopback() throws Exception {
    MountedFolders.assumeInstalled("smbd");
    MountedFolders.assumeInstalled("smbnetfs");
    try (ServerSocket free = new ServerSocket(445, 1, InetAddress.getLoopbackAddress())) {
      assumeThat(free.isBound()).isTrue();
    } catch (IOException taken) {
      assumeThat(taken).as("port 445 of the loopback is free").isNull();
    }
    Path share = Files.createDirectories(folder.resolve("share"));
    Path state = Files.createDirectories(folder.resolve("state"));
    Path settings =
        Files.writeString(
            folder.resolve("smb.conf"),
            """
            [global]
            server role = standalone server
            interfaces = lo
            bind interfaces only = yes
            smb ports = 445
            map to guest = Bad User
            guest account = root
            private dir = %1$s
            lock directory = %1$s
            state directory = %1$s
            cache directory = %1$s
            pid directory = %1$s
            log file = %1$s/log
            disable spoolss = yes
            [share]
            path = %2$s
            guest ok = yes
            read only = no
            force user = root
            """
                .formatted(state, share));
    mounts.serve("smbd", "-F", "-s", settings.toString());
    mounts.mount(at, "smbnetfs", at.toString());
    Path onServer = at.resolve("127.0.0.1/share");
    assumeThat(answers(onServer)).as("smbd answers").isTrue();

    ReplaceBench bench = ReplaceBench.in(database, onServer, "movie.mkv", "movie.mkv");
    MountAbility ability =
        new Mounts(ReplaceBench.machine(), database)
            .of(DotFolder.createdIn(bench.root()), FileOwner.of(bench.source()).orElseThrow());
    assertThat(ability.bestWay(false)).isEqualTo(SwapWay.COPY);
    note("SMB by smbnetfs, which says that nothing is free", ability);
    assertFull(() -> bench.stager().stage(bench.stageRequest()));
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  private static boolean answers(Path folder) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        Files.createDirectories(folder.resolve("answers"));
        return true;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    return false;
  }

  @Test
  void aFullFileSystemTakesNoResultAndNoCopyAndLosesNothing() throws IOException {
    Path mount = mounts.tmpfs(at, "128k");
    ReplaceBench staging = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
    var result = staging.stageRequest();
    MountedFolders.fill(mount.resolve("filler"));
    assertFull(() -> staging.stager().stage(result));
    Files.delete(mount.resolve("filler"));

    for (SwapWay way : SwapWay.values()) {
      ReplaceBench bench = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
      SwapRequest request = bench.staged("swap");
      MountedFolders.fill(mount.resolve("filler"));
      assertFull(() -> bench.swapper(way, CrashPoints.none()).swap(request));
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
      Files.delete(mount.resolve("filler"));

      SwapOutcome outcome = bench.swapper(way, CrashPoints.none()).swap(request);
      assertThat(outcome).as("once there is room").isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.files()).hasSize(2);
      PROOF.count("full file system: swap by " + way, 1);
      MountedFolders.run("rm", "-r", bench.root().toString());
    }
  }

  @Test
  void aFileSystemThatFillsUpInTheMiddleOfACopyLosesNothing() throws IOException {
    Path mount = mounts.tmpfs(at, "128k");
    ReplaceBench bench = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
    SwapRequest request = bench.staged("swap");
    CrashPoints filling =
        (step, moment) -> {
          if (step == Step.COPY_DISPLACED && moment == Moment.INTENDED) {
            unchecked(() -> MountedFolders.fill(mount.resolve("filler")));
          }
        };

    assertFull(() -> bench.swapper(SwapWay.COPY, filling).swap(request));

    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    Files.delete(mount.resolve("filler"));
    assertThat(bench.swapper(SwapWay.COPY, CrashPoints.none()).swap(request))
        .isInstanceOf(SwapOutcome.Replaced.class);
    assertThat(bench.files()).hasSize(2);
  }

  @Test
  void anUndoNeedsNoRoomWhereFilesCanBeExchanged() throws IOException {
    Path mount = mounts.tmpfs(at, "128k");
    ReplaceBench bench = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
    bench.triedSwapper(database, TestMount.EVERYTHING).swap(bench.staged("swap"));
    MountedFolders.fill(mount.resolve("filler"));

    UndoOutcome outcome =
        bench
            .triedSwapper(database, TestMount.EVERYTHING)
            .undo(bench.video(), "undo#" + bench.video());

    assertThat(outcome).isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  private interface Work {
    void work() throws IOException;
  }

  private static void unchecked(Work work) {
    try {
      work.work();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFull(Work work) {
    assertThatThrownBy(work::work)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> {
              assertThat(fault.getType()).isEqualTo("DISK_FULL");
              MadeForReal.as("ENOSPC in the library", fault);
            });
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aMountThatBecomesReadOnlyInTheMiddleLosesNothing(SwapCase way) throws IOException {
    Path mount = mounts.tmpfs(at, "8m");
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(database, mount);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    for (int point = 0; point < counting.passed().size(); point++) {
      String when = counting.passed().get(point);
      if (!when.endsWith(" BEFORE")) {
        continue;
      }
      ReplaceBench bench = way.bench(database, mount);
      SwapRequest request = bench.staged("swap");
      CrashPoints readOnly = remounting(point, mount);
      boolean failed = fails(() -> way.swapper(bench, readOnly).swap(request));
      remount(mount, "rw");
      if (!failed) {
        assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      }

      assertThat(way.swapper(bench, CrashPoints.none()).swap(request))
          .as(when)
          .isInstanceOf(SwapOutcome.Replaced.class);

      assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      Replacement row = bench.rows().byAttempt(request.attempt()).orElseThrow();
      assertThat(Quarantine.of(row).original()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as(when).hasSize(2);
      PROOF.count("read-only in the middle: " + way, 1);
    }
  }

  /** Found out before the search: an encode that cannot be put in place is wasted. */
  @Test
  void aReadOnlyLibraryIsSaidBeforeTheWork() throws IOException {
    Path mount = mounts.tmpfs(at, "4m");
    ReplaceBench bench = ReplaceBench.in(database, mount, "movie.mkv", "movie.mkv");
    RoomKeeper keeper =
        new RoomKeeper(
            new QuarantineRoom(database),
            root -> {},
            new Mounts(ReplaceBench.machine(), database),
            new Settings.Limits(
                0, 300, new Settings.Pace(0.05, 1800), 7, 100, 10, false, false, 14));
    RoomRequest request =
        new RoomRequest(
            bench.video(),
            ReplaceBench.media(bench.root()),
            ReplaceBench.media(bench.source()),
            ReplaceBench.ORIGINAL.length,
            0);
    remount(mount, "ro");

    MadeForReal.as(
        "read-only library, found before the work", catchThrowable(() -> keeper.reserve(request)));

    remount(mount, "rw");
    assertThat(keeper.reserve(request)).isInstanceOf(Room.Reserved.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    PROOF.count("read-only, said before the work", 1);
  }

  /** The kernel refuses to rename over a file that something is mounted on: it is busy. */
  @ParameterizedTest
  @EnumSource(
      value = SwapCase.class,
      names = {"EXCHANGE", "HARD_LINK", "COPY", "RENAME_AWAY"})
  void aRenameThatTheKernelRefusesLeavesTheOriginalAndIsTriedAgain(SwapCase way)
      throws IOException {
    ReplaceBench bench = way.bench(database, mounts.tmpfs(at, "8m"));
    SwapRequest request = bench.staged("swap");
    mounts.onItself(bench.source());

    Throwable fault = catchThrowable(() -> way.swapper(bench, CrashPoints.none()).swap(request));

    assertThat(JudgedFault.evidence(fault).message()).contains("Device or resource busy");
    assertThat(JudgedFault.row(FailureStage.POST_PROCESS, fault))
        .isEqualTo("post_process/file_operations/FILE_OP_FINALIZE RETRY");
    MadeForReal.as("rename fails", fault);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    mounts.unmountLast();
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(way.swapper(bench, CrashPoints.none()).swap(request))
        .isInstanceOf(SwapOutcome.Replaced.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).as("no litter").hasSize(2);
    PROOF.count("rename refused: " + way, 1);
  }

  private static CrashPoints remounting(int at, Path mount) {
    int[] passed = {0};
    return (step, moment) -> {
      if (passed[0]++ == at) {
        unchecked(() -> remount(mount, "ro"));
      }
    };
  }

  private static void remount(Path mount, String mode) throws IOException {
    MountedFolders.run("mount", "-o", "remount," + mode, mount.toString());
  }

  private static boolean fails(Work work) throws IOException {
    try {
      work.work();
      return false;
    } catch (ApplicationFailure fault) {
      assertThat(fault.getType()).isEqualTo("FILE_OPERATION");
      assertThat(JudgedFault.row(FailureStage.POST_PROCESS, fault))
          .isEqualTo("post_process/system_environment/ENV STOP_QUEUE");
      MadeForReal.as("read-only library, in mid-swap", fault);
      return true;
    }
  }
}
