package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** What is sent with an order. It can be sent once, so that OkHttp does not do so again. */
final class JsonBody extends RequestBody {

  private static final MediaType TYPE = MediaType.get("application/json");

  private final byte[] bytes;

  JsonBody(JsonNode json) {
    this.bytes = json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public MediaType contentType() {
    return TYPE;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }
}
