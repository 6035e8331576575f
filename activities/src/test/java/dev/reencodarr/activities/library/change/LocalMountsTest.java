package dev.reencodarr.activities.library.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalMountsTest {

  private static final LocalMounts MOUNTS =
      LocalMounts.of(
          List.of(
              "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
              "40 22 0:40 / /srv/films rw - nfs4 nas:/films rw,vers=4.2",
              "41 40 8:2 /in /srv/films/local rw,noatime shared:5 master:2 - xfs /dev/sdb1 rw",
              "42 22 0:42 / /mnt/two\\040words rw - cifs //nas/two rw",
              "43 22 0:43 / /mnt/pool rw - fuse.mergerfs a:b rw",
              "44 22 0:44 / /mnt/cloud rw - fuse.rclone cloud: rw",
              "45 22 0:45 / /over rw - ext4 /dev/sdc1 rw",
              "46 45 0:46 / /over rw - nfs nas:/over rw",
              "47 22 0:47 / /far rw - fuse.sshfs me@there: rw",
              "48 22 0:48 / /mnt/nameless rw - fuse served rw",
              "49 22 8:3 / /mnt/usb rw - fuseblk /dev/sdd1 rw",
              "50 22 0:50 / /mnt/back\\134slash rw - cifs //nas/b rw",
              "51 22 0:51 / /mnt/odd\\9 rw - cifs //nas/o rw",
              "a line of another kind"));

  @Test
  void changesOfLocalDisksAreTold() {
    assertThat(MOUNTS.untold(Path.of("/home/me"))).isEmpty();
    assertThat(MOUNTS.untold(Path.of("/srv/films/local/a"))).isEmpty();
    assertThat(MOUNTS.untold(Path.of("/mnt/pool/films"))).isEmpty();
    assertThat(MOUNTS.untold(Path.of("/srv/filmsandmore"))).isEmpty();
  }

  @Test
  void changesThatOthersMakeOverTheNetworkAreNot() {
    assertThat(MOUNTS.untold(Path.of("/srv/films/a"))).contains("nfs4");
    assertThat(MOUNTS.untold(Path.of("/mnt/two words"))).contains("cifs");
    assertThat(MOUNTS.untold(Path.of("/mnt/cloud/a"))).contains("fuse.rclone");
    assertThat(MOUNTS.untold(Path.of("/far"))).contains("fuse.sshfs");
    assertThat(MOUNTS.untold(Path.of("/mnt/back\\slash"))).contains("cifs");
    assertThat(MOUNTS.untold(Path.of("/mnt/odd\\9"))).contains("cifs");
  }

  @Test
  void nobodyKnowsWhereAProgramWithoutANameHasItsFilesFrom() {
    assertThat(MOUNTS.untold(Path.of("/mnt/nameless"))).contains("fuse");
    assertThat(MOUNTS.untold(Path.of("/mnt/usb"))).as("a disk, served by a program").isEmpty();
  }

  @Test
  void aMountWhoseNameIsNoUtf8HidesNoOther() {
    byte[] table =
        """
        22 1 8:1 / / rw - ext4 /dev/sda1 rw
        40 22 0:40 / /mnt/caf\u00e9 rw - nfs nas:/caf\u00e9 rw
        41 22 0:41 / /mnt/films rw - nfs nas:/films rw
        """
            .getBytes(StandardCharsets.ISO_8859_1);

    LocalMounts mounts = LocalMounts.of(table);

    assertThat(mounts.untold(Path.of("/mnt/films/a"))).contains("nfs");
    assertThat(mounts.untold(Path.of("/home"))).isEmpty();
  }

  @Test
  void whatIsMountedOverSomethingCounts() {
    assertThat(MOUNTS.untold(Path.of("/over/a"))).contains("nfs");
  }

  @Test
  void aMountWithinAFolderIsKnown() {
    assertThat(MOUNTS.isUntoldMount(Path.of("/srv/films"))).isTrue();
    assertThat(MOUNTS.isUntoldMount(Path.of("/srv/films/a"))).isFalse();
    assertThat(MOUNTS.isUntoldMount(Path.of("/srv/films/local"))).isFalse();
  }

  @Test
  void anotherMountMakesAnotherTree() {
    LocalMounts without = LocalMounts.of(List.of("22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw"));

    assertThat(MOUNTS.around(Path.of("/srv"))).isNotEqualTo(without.around(Path.of("/srv")));
    assertThat(MOUNTS.around(Path.of("/home"))).isEqualTo(without.around(Path.of("/home")));
  }

  @Test
  void theTableOfThisMachineIsUnderstood() throws Exception {
    assertThat(LocalMounts.now().mounts())
        .extracting(LocalMounts.Mount::point)
        .contains(Path.of("/"));
  }
}
