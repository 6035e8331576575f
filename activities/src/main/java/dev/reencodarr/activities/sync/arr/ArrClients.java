package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.workflows.sync.ArrKind;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;

/**
 * Where Sonarrs and Radarrs are spoken to. Keys go in a header, to the host that they were given
 * for and nowhere else. Many threads may use it, and what it makes, at once.
 */
public final class ArrClients implements AutoCloseable {

  private final Limits limits;
  private final OkHttpClient http;

  public ArrClients() {
    this(Limits.USUAL);
  }

  ArrClients(Limits limits) {
    this.limits = limits;
    this.http =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(limits.connect())
            // They drop a connection that has been idle for two minutes, perhaps as we send.
            .connectionPool(new ConnectionPool(5, 1, TimeUnit.MINUTES))
            .addInterceptor(new OwnRedirects())
            .addInterceptor(new ShortRefusals())
            .build();
  }

  /**
   * One of them. Nothing is sent yet.
   *
   * @param base http or https; ends with a slash, and may hold the program's URL base, such as
   *     {@code http://nas:8989/sonarr/}
   * @param key its API key
   * @throws IllegalArgumentException if the address or the key can be none; does not say the key
   */
  public ArrClient at(ArrKind kind, URI base, String key) {
    HttpUrl url = checked(base);
    OkHttpClient withKey = http.newBuilder().addInterceptor(new KeyHeader(key)).build();
    Line line =
        new Line(
            retrofit(url, withKey, limits.ordinary()),
            retrofit(url, withKey, limits.whole()),
            new Conversation(kind.appName(), new Wording(key), limits));
    return switch (kind) {
      case SONARR -> new SonarrClient(line);
      case RADARR -> new RadarrClient(line);
    };
  }

  private static Retrofit retrofit(HttpUrl base, OkHttpClient http, Limits.Wait wait) {
    OkHttpClient patient =
        http.newBuilder().readTimeout(wait.read()).callTimeout(wait.call()).build();
    return new Retrofit.Builder().baseUrl(base).client(patient).build();
  }

  private static HttpUrl checked(URI base) {
    HttpUrl url = HttpUrl.parse(base.toString());
    if (url == null || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the address must be http:// or https:// and a host");
    }
    if (url.query() != null || url.fragment() != null || !url.encodedPath().endsWith("/")) {
      throw new IllegalArgumentException("the address must end with a slash");
    }
    return url;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
