package dev.reencodarr.activities.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyTest {

  @TempDir private Path home;

  @Test
  void whatIsEncryptedIsReadAgainUnderTheSameKeyForTheSamePurposeAlone() throws Exception {
    SecretKey key = SecretKey.inOrNew(home);
    byte[] encrypted = key.encrypt("Tokén 日本", "http://nas/");

    assertThat(SecretKey.in(home).decrypt(encrypted, "http://nas/")).isEqualTo("Tokén 日本");
    assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("Tok");
    assertThat(key.encrypt("Tokén 日本", "http://nas/"))
        .as("no two are alike")
        .isNotEqualTo(encrypted);
    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> key.decrypt(encrypted, "http://elsewhere/"));
    SecretKey other = SecretKey.inOrNew(home.resolve("other"));
    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> other.decrypt(encrypted, "http://nas/"));
    assertThat(other.fingerprint()).isNotEqualTo(key.fingerprint());
  }

  @Test
  void everyByteThatIsChangedIsNoticed() throws Exception {
    SecretKey key = SecretKey.inOrNew(home);
    byte[] encrypted = key.encrypt("token", "x");
    for (int at = 0; at < encrypted.length; at++) {
      byte[] changed = encrypted.clone();
      changed[at] ^= 1;

      assertThatExceptionOfType(SecretUnreadable.class).isThrownBy(() -> key.decrypt(changed, "x"));
    }
    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> key.decrypt(new byte[0], "x"));
  }

  @Test
  void theKeyIsItsUsersAloneIsKeptAndIsRefusedWhereOthersMayReadIt() throws Exception {
    String fingerprint = SecretKey.inOrNew(home).fingerprint();
    Path file = home.resolve("secret.key");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SecretKey.inOrNew(home).fingerprint()).isEqualTo(fingerprint);
    try (var left = Files.list(home)) {
      assertThat(left).containsExactly(file);
    }

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> SecretKey.inOrNew(home))
        .withMessage(file + " may be read by others; chmod 600 it");
  }

  @Test
  void aHomeWithoutAKeyOrWithAWordInItsPlaceSaysSo() throws Exception {
    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> SecretKey.in(home))
        .withMessageContaining("is not there: copy it from the machine");
    Path file = Files.writeString(home.resolve("secret.key"), "hunter2\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThatExceptionOfType(SecretUnreadable.class)
        .isThrownBy(() -> SecretKey.in(home))
        .withMessageNotContaining("hunter2");
  }
}
