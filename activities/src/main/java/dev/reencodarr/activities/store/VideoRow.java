package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** How a row of {@code videos} reads; the alias of the table is v, of its library l. */
final class VideoRow {

  static final String COLUMNS =
      """
      v.id, v.library_id, l.name as library_name, v.path, v.state, v.skip_reason, v.detail,
      v.failure_code, v.size, v.mtime, v.sampled_hash, v.hard_links, v.codec, v.width, v.height,
      v.duration_seconds, v.hdr, v.original_size, v.other_names, v.original_codec, v.encoder, v.preset, v.crf,
      v.vmaf_target, v.vmaf_score, v.encoded_seconds, v.probes, v.known_probes, v.metric, v.checked_score, v.checked_by, v.corrected_from,
      v.first_score, v.unscaled_score,
      v.output_path, v.output_size,
      v.decision, v.missing_since, v.inserted_at, v.updated_at
      """;

  static final String SELECT =
      "select " + COLUMNS + " from videos v join libraries l on l.id = v.library_id ";

  private VideoRow() {}

  static Video read(ResultSet row, int number) throws SQLException {
    return new Video(
        new VideoId(row.getObject("id", UUID.class)),
        new LibraryId(row.getObject("library_id", UUID.class)),
        row.getString("library_name"),
        new MediaPath(row.getString("path")),
        VideoState.parse(row.getString("state")),
        text(row, "skip_reason").map(SkipReason::parse),
        row.getString("detail"),
        text(row, "failure_code"),
        row.getLong("size"),
        row.getTimestamp("mtime").toInstant(),
        text(row, "sampled_hash"),
        row.getInt("hard_links"),
        new Video.Media(
            text(row, "codec"),
            whole(row, "width"),
            whole(row, "height"),
            real(row, "duration_seconds"),
            text(row, "hdr")),
        large(row, "original_size"),
        row.getInt("other_names"),
        text(row, "original_codec"),
        encode(row),
        output(row),
        text(row, "decision"),
        Optional.ofNullable(row.getTimestamp("missing_since")).map(Timestamp::toInstant),
        row.getTimestamp("inserted_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static Optional<Video.EncodeFigures> encode(ResultSet row) throws SQLException {
    Optional<String> encoder = text(row, "encoder");
    if (encoder.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Video.EncodeFigures(
            encoder.get(),
            row.getInt("preset"),
            row.getDouble("crf"),
            row.getDouble("vmaf_target"),
            row.getDouble("vmaf_score"),
            row.getDouble("encoded_seconds"),
            row.getInt("probes"),
            row.getInt("known_probes"),
            text(row, "metric").map(Metric::valueOf).orElse(Metric.VMAF),
            real(row, "checked_score"),
            text(row, "checked_by").map(ResultCheck::valueOf).orElse(ResultCheck.OFF),
            real(row, "corrected_from"),
            real(row, "first_score"),
            real(row, "unscaled_score")));
  }

  private static Optional<Video.Output> output(ResultSet row) throws SQLException {
    Optional<String> path = text(row, "output_path");
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new Video.Output(new MediaPath(path.get()), row.getLong("output_size")));
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static OptionalInt whole(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalLong large(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OptionalDouble real(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
