package dev.reencodarr.activities.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.reencodarr.workflows.media.MediaPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A video file as a walk saw it, without opening it.
 *
 * @param mtime kept in whole microseconds, PostgreSQL's grain
 * @param hardLinks names of its inode, at least 1
 * @param symlink whether the path is a symbolic link; then size and mtime are the link's own
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SeenFile(MediaPath path, long size, Instant mtime, int hardLinks, boolean symlink) {

  public SeenFile {
    mtime = mtime.truncatedTo(ChronoUnit.MICROS);
  }
}
