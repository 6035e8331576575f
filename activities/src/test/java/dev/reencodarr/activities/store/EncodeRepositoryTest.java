package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EncodeRepositoryTest {

  private final Database database = TestDatabase.fresh();
  private final EncodeRepository encodes = new EncodeRepository(database);

  private VideoId video() {
    UUID id = UUID.randomUUID();
    database
        .client()
        .sql("insert into libraries (id, name, root) values (:id, :id::text, :id::text)")
        .param("id", id)
        .update();
    database
        .client()
        .sql(
            "insert into videos (id, library_id, path, size, mtime)"
                + " values (:id, :id, :id::text, 1, now())")
        .param("id", id)
        .update();
    return new VideoId(id);
  }

  private static EncodeRow row(String job, VideoId video, EncodeRow.Ending ending, int launches) {
    Instant start = Instant.parse("2026-11-23T10:00:00.123456Z");
    return new EncodeRow(
        job,
        video,
        "here",
        Encoder.LIBSVTAV1,
        8,
        30.25,
        List.of("/tools/ab-av1", "--input", "a \"b\" 日本\n"),
        ending,
        start,
        start.plusSeconds(60),
        ending == EncodeRow.Ending.FINISHED ? 0 : -1,
        ending == EncodeRow.Ending.FINISHED ? 0 : 9,
        5_000_000_000L,
        1500,
        60.5,
        launches);
  }

  @Test
  void aRowIsReadAsItWasWritten() {
    EncodeRow row = row("job", video(), EncodeRow.Ending.FINISHED, 1);

    encodes.save(row);
    encodes.save(row);

    assertThat(encodes.ofVideo(row.video())).containsExactly(row);
  }

  @Test
  void aJobThatIsRunAgainHasOneRow() {
    VideoId video = video();
    encodes.save(row("job", video, EncodeRow.Ending.FAILED, 1));
    EncodeRow second = row("job", video, EncodeRow.Ending.FINISHED, 2);

    encodes.save(second);

    assertThat(encodes.ofVideo(video)).containsExactly(second);
  }

  @Test
  void aVideoThatIsGoneIsNoError() {
    VideoId gone = new VideoId(UUID.randomUUID());

    assertThatCode(() -> encodes.save(row("job", gone, EncodeRow.Ending.CANCELLED, 1)))
        .doesNotThrowAnyException();
    assertThat(encodes.ofVideo(gone)).isEmpty();
  }
}
