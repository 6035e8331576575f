package dev.reencodarr.activities.watching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.workflows.watching.Viewers;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/** Plex. */
final class PlexClient implements MediaServerClient {

  private final Calls calls;

  PlexClient(Calls calls) {
    this.calls = calls;
  }

  /** Plex's own paths. */
  interface Calls {

    @Streaming
    @GET("status/sessions")
    Call<ResponseBody> sessions();

    @Streaming
    @GET("library/sections")
    Call<ResponseBody> sections();

    @Streaming
    @GET("library/sections/{key}/refresh")
    Call<ResponseBody> refresh(@Path("key") String key, @Query("path") String folder);
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Override
  public Viewers viewers() throws MediaServerFailed {
    JsonNode container = container(Answers.json(calls.sessions()));
    int playing = 0;
    int transcoding = 0;
    for (JsonNode session : container.path("Metadata")) {
      String state = session.path("Player").path("state").asText();
      boolean plays = state.equals("playing") || state.equals("buffering");
      if (plays && !session.path("type").asText().equals("track")) {
        playing++;
        transcoding += isTranscoded(session.path("TranscodeSession")) ? 1 : 0;
      }
    }
    return new Viewers(playing, transcoding);
  }

  /** Where only sound or container are made anew, the video is copied, which costs little. */
  private static boolean isTranscoded(JsonNode transcode) {
    return transcode.isObject() && !transcode.path("videoDecision").asText().equals("copy");
  }

  private static JsonNode container(JsonNode answer) throws MediaServerFailed {
    JsonNode container = answer.path("MediaContainer");
    if (!container.isObject()) {
      throw new MediaServerFailed("it does not answer like Plex");
    }
    return container;
  }

  /** A file that lies in none of its libraries is none of its business. */
  @Override
  public void tell(Change change) throws MediaServerFailed {
    JsonNode container = container(Answers.json(calls.sections()));
    Optional<String> key =
        each(container.path("Directory"))
            .flatMap(section ->
                each(section.path("Location"))
                    .map(location -> location.path("path").asText())
                    .filter(root -> isIn(change.path(), root))
                    .map(root -> new Root(section.path("key").asText(), root.length())))
            .max(Comparator.comparingInt(Root::length))
            .map(Root::section);
    if (key.isPresent()) {
      Answers.taken(calls.refresh(key.get(), change.folder()));
    }
  }

  private record Root(String section, int length) {}

  private static boolean isIn(String path, String root) {
    String folder = root.endsWith("/") ? root : root + "/";
    return !root.isEmpty() && path.startsWith(folder);
  }
}
