package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.sync.arr.ArrFailed.Kind;
import java.io.IOException;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/**
 * An answer other than 2xx.
 *
 * @param words a line of its own; empty where it has none to tell
 * @param isTheirs whether it comes from the program and not from something before it
 */
record Refusal(int code, String words, boolean isTheirs) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Refusal of(Response<ResponseBody> response, Wording wording) {
    String words = wording.line(told(response.errorBody()));
    boolean isTheirs = !words.isEmpty() || response.headers().get("X-Application-Version") != null;
    return new Refusal(response.code(), words, isTheirs);
  }

  private static String told(@Nullable ResponseBody body) {
    if (body == null) {
      return "";
    }
    try (body) {
      return told(JSON.readTree(body.bytes()));
    } catch (IOException _) {
      return "";
    }
  }

  /** An object, problem details, or an array of what is not valid. Never the stack trace. */
  private static String told(JsonNode refusal) {
    JsonNode first = refusal.isArray() ? refusal.path(0) : refusal;
    return Stream.of("message", "errorMessage", "title")
        .map(name -> first.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(words -> !words.isBlank())
        .findFirst()
        .orElse("");
  }

  /** A 404 of a proxy, or of another program, says nothing of what is there. */
  boolean saysThereIsNone() {
    return code == 404 && isTheirs;
  }

  ArrFailed failed() {
    return new ArrFailed(kind(), words.isEmpty() ? sentence() : sentence() + ": " + words);
  }

  private Kind kind() {
    return switch (code) {
      case 401, 403 -> Kind.KEY_REFUSED;
      case 404 -> Kind.NOT_THERE;
      case 408, 429 -> Kind.AWAY;
      case 409 -> Kind.CONFLICT;
      case 503 -> Kind.STARTING;
      default -> {
        if (code / 100 == 5) {
          yield Kind.BROKEN;
        }
        yield code / 100 == 4 ? Kind.REJECTED : Kind.NOT_UNDERSTOOD;
      }
    };
  }

  private String sentence() {
    return switch (kind()) {
      case KEY_REFUSED -> "it refuses the key (" + code + ")";
      case STARTING -> "it is not ready (" + code + ")";
      case NOT_UNDERSTOOD ->
          "it sends us elsewhere ("
              + code
              + "), where the key is not carried to: check the address and its URL base";
      case NOT_THERE ->
          isTheirs
              ? "it answers " + code
              : "it answers " + code + ": check the address and its URL base";
      case AWAY, CONFLICT, REJECTED, BROKEN, CUT, NO_KEY -> "it answers " + code;
    };
  }
}
