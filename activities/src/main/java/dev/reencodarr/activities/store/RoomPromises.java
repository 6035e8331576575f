package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Room on file systems that is promised up to a cap: one after the other, so that two cannot be
 * promised the same.
 */
final class RoomPromises {

  private final Database database;
  private final long lock;

  /**
   * @param lock any number of its own; taken by whoever promises
   */
  RoomPromises(Database database, long lock) {
    this.database = database;
    this.lock = lock;
  }

  /** Bytes that are taken beside a dot folder. */
  record Share(MediaPath dotFolder, long bytes) {}

  /**
   * Promises room. Who wants more than the whole of it is let in alone, so as not to wait for ever.
   *
   * @param others what everybody else has, asked once nobody else can promise
   * @param sameFileSystem whether a dot folder lies on the file system in question
   * @param write notes the promise, in the same transaction
   * @return empty if it is promised, else the bytes that are taken
   */
  Optional<Long> promise(
      Supplier<List<Share>> others,
      Predicate<MediaPath> sameFileSystem,
      long bytes,
      long cap,
      Runnable write) {
    return database
        .transactions()
        .<Optional<Long>>execute(_ -> {
          database
              .client()
              .sql("select pg_advisory_xact_lock(:promises)")
              .param("promises", lock)
              .query(row -> {});
          long taken =
              others.get().stream()
                  .filter(share -> sameFileSystem.test(share.dotFolder()))
                  .mapToLong(Share::bytes)
                  .sum();
          if (taken > 0 && taken + bytes > cap) {
            return Optional.of(taken);
          }
          write.run();
          return Optional.empty();
        });
  }
}
