package dev.reencodarr.activities.watching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.workflows.watching.Viewers;
import java.util.Locale;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** Jellyfin, and Emby, from which it comes: both are asked in the same way. */
final class JellyfinClient implements MediaServerClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType TYPE = MediaType.get("application/json");

  private final Calls calls;

  JellyfinClient(Calls calls) {
    this.calls = calls;
  }

  /** Their own paths. */
  interface Calls {

    @Streaming
    @GET("Sessions")
    Call<ResponseBody> sessions();

    @Streaming
    @POST("Library/Media/Updated")
    Call<ResponseBody> updated(@Body RequestBody changes);
  }

  @Override
  public Viewers viewers() throws MediaServerFailed {
    JsonNode sessions = Answers.json(calls.sessions());
    if (!sessions.isArray()) {
      throw new MediaServerFailed("it does not answer like Jellyfin or Emby");
    }
    int playing = 0;
    int transcoding = 0;
    for (JsonNode session : sessions) {
      JsonNode item = session.path("NowPlayingItem");
      boolean plays = item.isObject() && !session.path("PlayState").path("IsPaused").asBoolean();
      if (plays && !item.path("MediaType").asText().equals("Audio")) {
        playing++;
        transcoding += isTranscoded(session.path("TranscodingInfo")) ? 1 : 0;
      }
    }
    return new Viewers(playing, transcoding);
  }

  /** Where only sound or container are made anew, the video is copied, which costs little. */
  private static boolean isTranscoded(JsonNode transcoding) {
    return transcoding.isObject() && !transcoding.path("IsVideoDirect").asBoolean();
  }

  @Override
  public void tell(Change change) throws MediaServerFailed {
    ObjectNode changes = JSON.createObjectNode();
    ObjectNode update = changes.putArray("Updates").addObject();
    update.put("Path", change.path());
    update.put(
        "UpdateType",
        change.kind().substring(0, 1).toUpperCase(Locale.ROOT) + change.kind().substring(1));
    Answers.taken(calls.updated(RequestBody.create(changes.toString(), TYPE)));
  }
}
