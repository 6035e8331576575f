package dev.reencodarr.activities.watching;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.media.MediaServer;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretRepository;
import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.workflows.watching.Viewers;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;

/**
 * Media servers, each by its own interface. Tokens go in headers, to the address that they were
 * given for and nowhere else: no redirect is followed.
 */
public final class MediaServers implements AutoCloseable {

  /** Of everything, the slowest answer included: a server may send one byte a minute. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SecretRepository secrets;
  private final Path home;
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .followRedirects(false)
          .followSslRedirects(false)
          .connectTimeout(LIMIT)
          .callTimeout(LIMIT)
          .build();

  /**
   * @param home where the key to the secrets lies
   */
  public MediaServers(Database database, Path home) {
    this.secrets = new SecretRepository(database);
    this.home = home;
  }

  /** Of this machine's key; empty where it has none that can be used. */
  String fingerprint() {
    try {
      return SecretKey.in(home).fingerprint();
    } catch (SecretUnreadable _) {
      return "";
    }
  }

  /** Who watches there. */
  public Viewers viewers(MediaServer server) throws MediaServerFailed {
    return client(server).viewers();
  }

  /**
   * Has it look at a file anew.
   *
   * @param path as we call it
   * @param change created, modified, deleted
   */
  public void tell(MediaServer server, String path, String change) throws MediaServerFailed {
    client(server).tell(new Change(server.paths().theirs(path), change));
  }

  private MediaServerClient client(MediaServer server) throws MediaServerFailed {
    String token = token(server);
    return switch (server.kind()) {
      case PLEX -> new PlexClient(at(server, "X-Plex-Token", token).create(PlexClient.Calls.class));
      case JELLYFIN ->
          new JellyfinClient(
              at(server, "Authorization", "MediaBrowser Token=\"" + token + "\"")
                  .create(JellyfinClient.Calls.class));
      case EMBY ->
          new JellyfinClient(at(server, "X-Emby-Token", token).create(JellyfinClient.Calls.class));
    };
  }

  private String token(MediaServer server) throws MediaServerFailed {
    try {
      return secrets.read(SecretKey.in(home), server.secret(), server.url().toString());
    } catch (SecretUnreadable e) {
      throw new MediaServerFailed(String.valueOf(e.getMessage()));
    }
  }

  private Retrofit at(MediaServer server, String header, String value) {
    OkHttpClient withToken =
        http.newBuilder()
            .addInterceptor(chain ->
                chain.proceed(
                    chain
                        .request()
                        .newBuilder()
                        .header("Accept", "application/json")
                        .header(header, value)
                        .build()))
            .build();
    return new Retrofit.Builder().baseUrl(server.url().toString()).client(withToken).build();
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
