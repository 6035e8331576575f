package dev.reencodarr.activities.store.media;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretRepository;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.watching.HoldWhen;
import dev.reencodarr.workflows.watching.MediaServerKind;
import dev.reencodarr.workflows.watching.Viewers;
import dev.reencodarr.workflows.watching.WatchPolicy;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table {@code media_servers}. */
public final class MediaServerRepository {

  /** How often each is asked, by whichever machine of its zone comes first. */
  private static final Duration ASK = Duration.ofSeconds(10);

  private static final Duration NOBODY_ASKS = Duration.ofSeconds(30);

  private static final String COLUMNS =
      "s.id, s.kind, s.url, s.secret_id, s.zone, s.hold_when, s.after_seconds, s.paths, s.refreshes";

  private final Database database;

  public MediaServerRepository(Database database) {
    this.database = database;
  }

  /**
   * Adds a connection, or replaces the one to the same address in the same zone.
   *
   * @param server its id and its secret's do not matter
   * @param token is kept as a secret for this address
   * @return its id
   */
  public long put(MediaServer server, SecretKey key, String token) {
    return Objects.requireNonNull(
        database
            .transactions()
            .execute(transaction -> {
              SecretRepository secrets = new SecretRepository(database);
              Optional<Long> before =
                  database
                      .client()
                      .sql(
                          """
                          select secret_id from media_servers
                          where url = :url and zone = :zone for update
                          """)
                      .param("url", server.url().toString())
                      .param("zone", server.zone())
                      .query(Long.class)
                      .optional();
              long id = put(server, secrets.keep(key, token, server.url().toString()));
              before.ifPresent(secrets::forget);
              return id;
            }));
  }

  private long put(MediaServer server, long secret) {
    return database
        .client()
        .sql(
            """
            insert into media_servers
              (kind, url, secret_id, zone, hold_when, after_seconds, paths, refreshes)
            values (:kind, :url, :secret, :zone, :when, :after, cast(:paths as jsonb), :refreshes)
            on conflict (url, zone) do update
              set kind = excluded.kind, secret_id = excluded.secret_id,
                  hold_when = excluded.hold_when, after_seconds = excluded.after_seconds,
                  paths = excluded.paths, refreshes = excluded.refreshes,
                  asked_at = null, answered_at = null, watched_at = null, problem = null
            returning id
            """)
        .param("kind", server.kind().code())
        .param("url", server.url().toString())
        .param("secret", secret)
        .param("zone", server.zone())
        .param("when", server.when().code())
        .param("after", server.policy().after().toSeconds())
        .param("paths", Json.write(server.paths().rules()))
        .param("refreshes", server.refreshes())
        .query(Long.class)
        .single();
  }

  /**
   * Removes a connection, its secret and what it is still to be told.
   *
   * @return false if there is none of this id
   */
  public boolean remove(long id) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(transaction -> {
              Optional<Long> secret =
                  database
                      .client()
                      .sql("delete from media_servers where id = :id returning secret_id")
                      .param("id", id)
                      .query(Long.class)
                      .optional();
              secret.ifPresent(new SecretRepository(database)::forget);
              return secret.isPresent();
            }));
  }

  /** The connection of this id. */
  public Optional<MediaServer> find(long id) {
    return database
        .client()
        .sql("select " + COLUMNS + " from media_servers s where id = :id")
        .param("id", id)
        .query((row, number) -> server(row))
        .optional();
  }

  /** All of them, and what is known of them, by zone. */
  public List<MediaServerState> states() {
    return states("");
  }

  /** Those of a zone. */
  public List<MediaServerState> states(String zone) {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + """
                , s.playing, s.transcoding, coalesce(s.problem, '') as problem,
                  extract(epoch from now() - s.answered_at) as since_answer,
                  extract(epoch from now() - s.watched_at) as since_watched,
                  (select count(*) from media_tellings t
                   where t.server_id = s.id and t.told_at is null and not t.given_up) as untold
                from media_servers s where :zone = '' or s.zone = :zone order by s.zone, s.id
                """)
        .param("zone", zone)
        .query((row, number) ->
            new MediaServerState(
                server(row),
                new Viewers(row.getInt("playing"), row.getInt("transcoding")),
                seconds(row, "since_answer"),
                seconds(row, "since_watched"),
                row.getString("problem"),
                row.getInt("untold")))
        .list();
  }

  private static Optional<Duration> seconds(ResultSet row, String column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, Math.round(seconds * 1000))));
  }

  /**
   * Takes upon it to ask one of a zone whose time has come and that holds up work. Whoever cannot
   * read its token takes only what nobody else asks, so that somebody says so.
   *
   * @param fingerprint of the asker's key; empty: it has none
   * @return empty where all of them were asked a moment ago
   */
  public Optional<MediaServer> toBeAsked(String zone, String fingerprint) {
    return database
        .client()
        .sql(
            """
            update media_servers s set asked_at = now()
            where s.id = (select m.id from media_servers m join secrets on secrets.id = m.secret_id
              where m.zone = :zone and m.hold_when <> 'never'
                and coalesce(m.asked_at, m.added_at - interval '1 day')
                  <= now() - make_interval(secs => :seconds)
                and (secrets.key_fingerprint = :key
                  or coalesce(m.asked_at, m.added_at) <= now() - make_interval(secs => :nobody))
              order by m.asked_at nulls first limit 1 for update of m skip locked)
            returning
            """
                + COLUMNS)
        .param("zone", zone)
        .param("key", fingerprint)
        .param("seconds", ASK.toSeconds())
        .param("nobody", NOBODY_ASKS.toSeconds())
        .query((row, number) -> server(row))
        .optional();
  }

  /** It has answered. */
  public void answered(MediaServer server, Viewers viewers) {
    database
        .client()
        .sql(
            """
            update media_servers set answered_at = now(), problem = null, playing = :playing,
              transcoding = :transcoding,
              watched_at = case when :watched then now() else watched_at end
            where id = :id
            """)
        .param("id", server.id())
        .param("playing", viewers.playing())
        .param("transcoding", viewers.transcoding())
        .param("watched", viewers.thatHoldUp(server.when()) > 0)
        .update();
  }

  /** It has not, or not what was to be expected. */
  public void failed(MediaServer server, String problem) {
    database
        .client()
        .sql("update media_servers set problem = :problem where id = :id")
        .param("id", server.id())
        .param("problem", problem)
        .update();
  }

  /** It has taken what it was told; one that is never asked says so in no other way. */
  public void took(MediaServer server) {
    database
        .client()
        .sql("update media_servers set problem = null where id = :id and hold_when = 'never'")
        .param("id", server.id())
        .update();
  }

  static MediaServer server(ResultSet row) throws SQLException {
    return new MediaServer(
        row.getLong("id"),
        MediaServerKind.parse(row.getString("kind")).orElseThrow(),
        URI.create(row.getString("url")),
        row.getLong("secret_id"),
        row.getString("zone"),
        HoldWhen.parse(row.getString("hold_when")).orElse(HoldWhen.NEVER),
        new WatchPolicy(Duration.ofSeconds(row.getLong("after_seconds"))),
        new PathMap(Json.read(row.getString("paths"), new TypeReference<List<PathMap.Rule>>() {})),
        row.getBoolean("refreshes"));
  }
}
