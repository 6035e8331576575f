package dev.reencodarr.activities.sync.arr;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Who asks outside of the program's URL base is sent into it by 307. It is followed once, on the
 * same host, port and scheme alone, since the key goes along, and for what changes nothing.
 */
final class OwnRedirects implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    HttpUrl target = target(response);
    if (target == null) {
      return response;
    }
    response.close();
    return chain.proceed(chain.request().newBuilder().url(target).build());
  }

  private static @Nullable HttpUrl target(Response response) {
    Request request = response.request();
    String location = response.header("Location");
    if (response.code() != 307 || !request.method().equals("GET") || location == null) {
      return null;
    }
    HttpUrl target = request.url().resolve(location);
    return target != null && isSameOrigin(request.url(), target) ? target : null;
  }

  private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
