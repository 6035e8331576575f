package dev.reencodarr.workflows.media;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What makes a file's content this content and no other. A file that is upgraded at the same path
 * has another identity; a file that is only renamed keeps {@link #sampledHash()}.
 *
 * @param size in bytes
 * @param mtime last modification, to the grain of the file system
 * @param sampledHash SHA-256 (hex) over the size and sixteen 64 KiB blocks spread over the file
 */
public record SourceIdentity(long size, Instant mtime, String sampledHash) {

  /** Whether the content is the same, whatever the modification time says. */
  public boolean sameContent(SourceIdentity other) {
    return size == other.size && sampledHash.equals(other.sampledHash);
  }

  /** In what the file that is found now differs from this one; empty if it is this one. */
  public Optional<String> changeTo(SourceIdentity found) {
    if (found.size != size) {
      return Optional.of("its size is " + found.size + ", not " + size);
    }
    if (!found.sampledHash.equals(sampledHash)) {
      return Optional.of("its content is another");
    }
    return toMicros(found.mtime).equals(toMicros(mtime))
        ? Optional.empty()
        : Optional.of("it was modified at " + found.mtime + ", not at " + mtime);
  }

  /** A database keeps microseconds, and an identity may have been there in between. */
  private static Instant toMicros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
