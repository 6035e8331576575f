package dev.reencodarr.activities.watching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;

/** What comes back, which is trusted in nothing. */
final class Answers {

  /** Dozens of sessions or hundreds of libraries have a tenth of it. */
  private static final int MOST_BYTES = 8 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /** The JSON that it answers. */
  static JsonNode json(Call<ResponseBody> call) throws MediaServerFailed {
    try (ResponseBody body = body(call)) {
      byte[] bytes = bytes(body);
      JsonNode answer = JSON.readTree(bytes);
      if (answer == null || answer.isMissingNode()) {
        throw new MediaServerFailed("it answers nothing");
      }
      return answer;
    } catch (JsonProcessingException _) {
      throw new MediaServerFailed("it answers what is no JSON: is this its address?");
    } catch (IOException e) {
      throw silence(e);
    }
  }

  /** It takes what it is told; whatever it says of it is not read. */
  static void taken(Call<ResponseBody> call) throws MediaServerFailed {
    try (ResponseBody _ = body(call)) {
      return;
    } catch (IOException e) {
      throw silence(e);
    }
  }

  private static ResponseBody body(Call<ResponseBody> call) throws IOException, MediaServerFailed {
    Response<ResponseBody> response = call.execute();
    @Nullable ResponseBody refusal = response.errorBody();
    if (refusal != null) {
      refusal.close();
    }
    int code = response.code();
    if (code == 401 || code == 403) {
      throw new MediaServerFailed("it refuses the token (" + code + ")");
    }
    if (code / 100 == 3) {
      throw new MediaServerFailed(
          "it sends us elsewhere (" + code + "), where the token is not carried to");
    }
    @Nullable ResponseBody body = response.body();
    if (!response.isSuccessful() || (body == null && code != 204)) {
      throw new MediaServerFailed("it answers " + code);
    }
    return body == null ? ResponseBody.create("", null) : body;
  }

  private static byte[] bytes(ResponseBody body) throws IOException, MediaServerFailed {
    try (InputStream stream = body.byteStream()) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new MediaServerFailed("it answers more than " + (MOST_BYTES >> 20) + " MiB");
      }
      return bytes;
    }
  }

  private static MediaServerFailed silence(IOException e) {
    String why =
        switch (e) {
          case UnknownHostException _ -> "its name is not known here";
          case ConnectException _ -> "nobody listens there";
          case SocketTimeoutException _ -> "it does not answer in time";
          case InterruptedIOException _ -> "it does not answer in time";
          case SSLException _ -> "its certificate is not trusted here, or it speaks no TLS";
          default -> "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
    return new MediaServerFailed(why);
  }
}
