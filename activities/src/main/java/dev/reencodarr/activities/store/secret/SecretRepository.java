package dev.reencodarr.activities.store.secret;

import dev.reencodarr.activities.store.Database;
import java.util.HexFormat;
import java.util.Optional;

/** The table {@code secrets}. */
public final class SecretRepository {

  private final Database database;

  public SecretRepository(Database database) {
    this.database = database;
  }

  private record Stored(String hex, String fingerprint) {}

  /**
   * Keeps a secret.
   *
   * @param about as {@link SecretKey#encrypt}
   * @return its id, which rows and payloads may carry
   */
  public long keep(SecretKey key, String secret, String about) {
    return database
        .client()
        .sql("insert into secrets (encrypted, key_fingerprint) values (:it, :key) returning id")
        .param("it", key.encrypt(secret, about))
        .param("key", key.fingerprint())
        .query(Long.class)
        .single();
  }

  /**
   * The secret of this id.
   *
   * @throws SecretUnreadable if it is not there, or not to be read with this key
   */
  public String read(SecretKey key, long id, String about) throws SecretUnreadable {
    Optional<Stored> stored =
        database
            .client()
            .sql(
                "select encode(encrypted, 'hex') as hex, key_fingerprint from secrets where id = :id")
            .param("id", id)
            .query(
                (row, number) -> new Stored(row.getString("hex"), row.getString("key_fingerprint")))
            .optional();
    if (stored.isEmpty()) {
      throw new SecretUnreadable("the secret is not there any more");
    }
    if (!stored.get().fingerprint().equals(key.fingerprint())) {
      throw new SecretUnreadable(
          "this machine's "
              + SecretKey.FILE
              + " is another one than that under which the secret was encrypted");
    }
    return key.decrypt(HexFormat.of().parseHex(stored.get().hex()), about);
  }

  public void forget(long id) {
    database.client().sql("delete from secrets where id = :id").param("id", id).update();
  }
}
