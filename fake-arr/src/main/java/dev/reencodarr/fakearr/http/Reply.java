package dev.reencodarr.fakearr.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A reply.
 *
 * @param contentType empty for none
 * @param body bytes
 * @param headers beside the type
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and as large as a whole library.
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=utf-8";

  public static Reply ok(JsonNode body) {
    return json(200, body);
  }

  public static Reply json(int status, JsonNode body) {
    return new Reply(status, JSON, JsonText.bytes(body), Map.of());
  }

  public static Reply problem(int status, JsonNode body) {
    return new Reply(
        status, "application/problem+json; charset=utf-8", JsonText.bytes(body), Map.of());
  }

  public static Reply empty(int status) {
    return new Reply(status, "", new byte[0], Map.of());
  }

  public static Reply redirect(String location) {
    return new Reply(307, "", new byte[0], Map.of("Location", location));
  }
}
