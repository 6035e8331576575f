package dev.reencodarr.activities.sync.arr;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Of a refusal only the beginning is read: Retrofit would take all of it into memory. */
final class ShortRefusals implements Interceptor {

  private static final long BYTES = 64 << 10;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.isSuccessful()) {
      return response;
    }
    try (response) {
      return response.newBuilder().body(beginning(response)).build();
    }
  }

  /** Its code says enough where its words do not arrive. */
  private static ResponseBody beginning(Response response) {
    try {
      return response.peekBody(BYTES);
    } catch (IOException _) {
      return ResponseBody.create("", null);
    }
  }
}
