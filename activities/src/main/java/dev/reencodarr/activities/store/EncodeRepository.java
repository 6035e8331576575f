package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.temporal.Payloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code encodes}: a row per job that has ended. */
public final class EncodeRepository {

  private static final ObjectMapper JSON = Payloads.mapper();

  private final Database database;

  public EncodeRepository(Database database) {
    this.database = database;
  }

  /** Writes the row of a job, in place of an earlier one; a video that is gone is no error. */
  public void save(EncodeRow row) {
    database
        .client()
        .sql(
            """
            insert into encodes (job, video_id, host, encoder, preset, crf, command, ending,
              started_at, ended_at, exit_code, signal, result_size, frames, seconds, launches,
              threads)
            values (:job, (select id from videos where id = :video), :host, :encoder, :preset, :crf,
              :command::jsonb, :ending, :startedAt, :endedAt, :exitCode, :signal, :resultSize,
              :frames, :seconds, :launches, :threads)
            on conflict (job) do update set video_id = excluded.video_id, host = excluded.host,
              encoder = excluded.encoder, preset = excluded.preset, crf = excluded.crf,
              command = excluded.command, ending = excluded.ending,
              started_at = excluded.started_at, ended_at = excluded.ended_at,
              exit_code = excluded.exit_code, signal = excluded.signal,
              result_size = excluded.result_size, frames = excluded.frames,
              seconds = excluded.seconds, launches = excluded.launches,
              threads = excluded.threads
            """)
        .param("job", row.job())
        .param("video", row.video().value())
        .param("host", row.host())
        .param("encoder", row.encoder().ffmpegName())
        .param("preset", row.preset())
        .param("crf", row.crf())
        .param("command", json(row.command()))
        .param("ending", row.ending().code())
        .param("startedAt", row.startedAt().atOffset(ZoneOffset.UTC))
        .param("endedAt", row.endedAt().atOffset(ZoneOffset.UTC))
        .param("exitCode", row.exitCode())
        .param("signal", row.signal())
        .param("resultSize", row.resultSize())
        .param("frames", row.frames())
        .param("seconds", row.seconds())
        .param("launches", row.launches())
        .param("threads", threads(row))
        .update();
  }

  private static @Nullable Integer threads(EncodeRow row) {
    OptionalInt threads = EncoderThreads.of(row.command());
    return threads.isPresent() ? threads.getAsInt() : null;
  }

  /** The jobs of a video, the latest first. */
  public List<EncodeRow> ofVideo(VideoId video) {
    return database
        .client()
        .sql("select * from encodes where video_id = :video order by ended_at desc, job")
        .param("video", video.value())
        .query((row, number) -> read(row))
        .list();
  }

  private static EncodeRow read(ResultSet row) throws SQLException {
    return new EncodeRow(
        row.getString("job"),
        new VideoId(row.getObject("video_id", UUID.class)),
        row.getString("host"),
        encoder(row.getString("encoder")),
        row.getInt("preset"),
        row.getDouble("crf"),
        command(row.getString("command")),
        EncodeRow.Ending.parse(row.getString("ending")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
        row.getInt("exit_code"),
        row.getInt("signal"),
        row.getLong("result_size"),
        row.getLong("frames"),
        row.getDouble("seconds"),
        row.getInt("launches"));
  }

  private static Encoder encoder(String ffmpegName) {
    return Arrays.stream(Encoder.values())
        .filter(encoder -> encoder.ffmpegName().equals(ffmpegName))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such encoder: " + ffmpegName));
  }

  private static String json(List<String> command) {
    try {
      return JSON.writeValueAsString(command);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
