package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells the two files of a replacement apart by what is in them, wherever they lie. */
final class Contents {

  private final Replacement row;
  private final LongConsumer progress;
  private @Nullable FileStat knownResult;

  /** A question about the file of a name; no for a name without a file. */
  @FunctionalInterface
  interface Question {
    boolean ask(Path file) throws IOException;
  }

  Contents(Replacement row, LongConsumer progress) {
    this.row = row;
    this.progress = progress;
  }

  /** To be told how many bytes have been worked through. */
  LongConsumer progress() {
    return progress;
  }

  /** Whether this is the file that was analysed, unchanged. */
  boolean isOriginal(Path file) throws IOException {
    return difference(file).isEmpty();
  }

  /** Whether size and samples are the original's, whatever its time is. */
  boolean hasBytesOfOriginal(Path file) throws IOException {
    Optional<FileStat> stat = FileStat.of(file);
    if (stat.isEmpty() || !stat.get().regular() || stat.get().size() != row.original().size()) {
      return false;
    }
    return FileIdentity.of(file).sampledHash().equals(row.original().sampledHash());
  }

  /** In what the file differs from the one that was analysed; empty if it is that one. */
  Optional<String> difference(Path file) throws IOException {
    Optional<FileStat> stat = FileStat.of(file);
    if (stat.isEmpty()) {
      return Optional.of("it is gone");
    }
    if (!stat.get().regular()) {
      return Optional.of("it is no regular file any more");
    }
    if (stat.get().size() != row.original().size()) {
      return Optional.of("its size is " + stat.get().size() + ", not " + row.original().size());
    }
    try {
      return row.original().changeTo(FileIdentity.of(file));
    } catch (NoSuchFileException e) {
      return Optional.of("it is gone");
    }
  }

  /** Whether this is the whole result of this replacement. */
  boolean isResult(Path file) throws IOException {
    Optional<FileStat> stat = FileStat.of(file);
    if (stat.isEmpty() || !stat.get().regular() || stat.get().size() != row.resultBytes()) {
      return false;
    }
    if (knownResult != null && stat.get().untouchedSince(knownResult)) {
      return true;
    }
    boolean whole = Sha256.of(file, progress).equals(row.resultSha256());
    if (whole) {
      knownResult = stat.get();
    }
    return whole;
  }

  /** We have changed the attributes of the result ourselves: it is still known. */
  void dressed(Path result) throws IOException {
    knownResult = FileStat.of(result).orElse(null);
  }

  /** The identity of the result at this name; empty if something else lies there. */
  Optional<SourceIdentity> resultIdentity(Path file) throws IOException {
    if (!isResult(file)) {
      return Optional.empty();
    }
    SourceIdentity identity = FileIdentity.of(file);
    // asked again, so that the identity is surely that of the result
    return isResult(file) ? Optional.of(identity) : Optional.empty();
  }

  SourceIdentity identityOf(Path file) throws IOException {
    return FileIdentity.of(file);
  }
}
