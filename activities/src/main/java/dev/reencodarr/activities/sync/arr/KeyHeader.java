package dev.reencodarr.activities.sync.arr;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The key with each request, in a header: addresses are logged. */
final class KeyHeader implements Interceptor {

  private final String key;

  KeyHeader(String key) {
    // OkHttp would say the key in its own words.
    if (key.isEmpty() || !key.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw new IllegalArgumentException("the key is empty, or holds what no key holds");
    }
    this.key = key;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(
        chain
            .request()
            .newBuilder()
            .header("Accept", "application/json")
            .header("X-Api-Key", key)
            .build());
  }
}
