package dev.reencodarr.workflows.media;

import java.time.Instant;

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
}
