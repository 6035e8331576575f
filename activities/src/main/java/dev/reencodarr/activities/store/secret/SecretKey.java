package dev.reencodarr.activities.store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which secrets lie in the database: {@code secret.key} in the home folder, for its
 * user alone. AES-256 in GCM, so that what was tampered with is not decrypted to something else.
 */
public final class SecretKey {

  /** The file's name in the home folder. */
  public static final String FILE = "secret.key";

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte VERSION = 1;
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final String fingerprint;

  private SecretKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.fingerprint = fingerprint(bytes);
  }

  private static String fingerprint(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells one key from another, and says nothing of either. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The key of a home folder.
   *
   * @throws SecretUnreadable if there is none, or others may read it
   */
  public static SecretKey in(Path home) throws SecretUnreadable {
    Path file = home.resolve(FILE);
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      if (rights.stream().anyMatch(OTHERS::contains)) {
        throw new SecretUnreadable(file + " may be read by others; chmod 600 it");
      }
      byte[] bytes = HexFormat.of().parseHex(Files.readString(file).strip());
      if (bytes.length != KEY_BYTES) {
        throw new SecretUnreadable(file + " is no key of this program");
      }
      return new SecretKey(bytes);
    } catch (NoSuchFileException _) {
      throw new SecretUnreadable(
          file + " is not there: copy it from the machine on which the connection was added");
    } catch (IllegalArgumentException | IOException _) {
      throw new SecretUnreadable(file + " cannot be read");
    }
  }

  /** The same; where there is none, one is made up. */
  public static SecretKey inOrNew(Path home) throws IOException, SecretUnreadable {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(home);
      // A temporary file is its user's alone from its first byte on.
      Path draft = Files.createTempFile(home, FILE, ".tmp");
      Files.setPosixFilePermissions(draft, OWN);
      byte[] bytes = new byte[KEY_BYTES];
      RANDOM.nextBytes(bytes);
      Files.writeString(draft, HexFormat.of().formatHex(bytes) + "\n");
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      try {
        // A link, not a move: two who make one up at once come to the same.
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException _) {
        // The other was first.
      } finally {
        Files.delete(draft);
      }
    }
    return in(home);
  }

  /**
   * Encrypts.
   *
   * @param about what the secret is for, such as the address that it is sent to: it is only
   *     decrypted for the same
   */
  public byte[] encrypt(String secret, String about) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, nonce, about)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + nonce.length + encrypted.length)
          .put(VERSION)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts.
   *
   * @throws SecretUnreadable if it was encrypted under another key, for something else, or was
   *     changed since
   */
  public String decrypt(byte[] encrypted, String about) throws SecretUnreadable {
    if (encrypted.length <= 1 + NONCE_BYTES || encrypted[0] != VERSION) {
      throw new SecretUnreadable("the secret is of a later version of this program");
    }
    byte[] nonce = Arrays.copyOfRange(encrypted, 1, 1 + NONCE_BYTES);
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, about)
              .doFinal(encrypted, 1 + NONCE_BYTES, encrypted.length - 1 - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (AEADBadTagException _) {
      throw new SecretUnreadable(
          "the secret was encrypted under another key, for another address, or was changed since");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
