package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import dev.reencodarr.workflows.replace.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets the file at a path and the one in quarantine change places, by the way that the row names.
 * What is displaced is never lost: it lies in quarantine afterwards, or is back at its path.
 */
final class Exchange {

  private final Replacement row;
  private final Quarantine quarantine;
  private final Path path;
  private final Journal journal;
  private final Question entering;
  private final Question leaving;

  /**
   * @param path where the swap takes place
   * @param entering knows the file that lies in quarantine and is to come to the path
   * @param leaving knows the file that is expected at the path and is to go into quarantine
   */
  Exchange(
      Replacement row,
      Quarantine quarantine,
      Path path,
      Journal journal,
      Question entering,
      Question leaving) {
    this.row = row;
    this.quarantine = quarantine;
    this.path = path;
    this.journal = journal;
    this.entering = entering;
    this.leaving = leaving;
  }

  private Path kept() {
    return quarantine.original();
  }

  /** Tidies up what an exchange that was cut short has left. */
  void settle() throws IOException, Journal.Revoked {
    switch (row.way()) {
      case EXCHANGE -> {
        if (FileStat.exists(kept()) && !entering.ask(kept()) && !leaving.ask(kept())) {
          putBack();
        }
      }
      case HARD_LINK -> settleLink();
    }
  }

  private void settleLink() throws IOException, Journal.Revoked {
    Path displaced = quarantine.displaced();
    Optional<FileStat> link = FileStat.of(displaced);
    if (link.isEmpty()) {
      return;
    }
    if (!FileStat.exists(kept())) {
      keepDisplaced();
    } else if (link.get().links() > 1) {
      dropSpareLink();
    }
    // else the last name of a file that somebody else has removed: it stays in quarantine
  }

  /**
   * Exchanges.
   *
   * @return false if the file at the path was not the expected one: the path is as it was
   */
  boolean run() throws IOException, Journal.Revoked {
    return switch (row.way()) {
      case EXCHANGE -> atomically();
      case HARD_LINK -> byLink();
    };
  }

  private boolean atomically() throws IOException, Journal.Revoked {
    try {
      change();
    } catch (NoSuchFileException e) {
      return false;
    }
    if (leaving.ask(kept())) {
      return true;
    }
    putBack();
    return false;
  }

  private void change() throws IOException, Journal.Revoked {
    journal.take(row.id(), Step.EXCHANGE, () -> AtomicExchange.exchange(kept(), path));
  }

  /** Somebody's file was displaced: it goes back, unless a still newer one has come to the path. */
  private void putBack() throws IOException, Journal.Revoked {
    if (!entering.ask(path)) {
      return;
    }
    try {
      change();
      if (!entering.ask(kept())) {
        change();
      }
    } catch (NoSuchFileException e) {
      // the path was emptied meanwhile: the displaced file stays in quarantine
    }
  }

  private boolean byLink() throws IOException, Journal.Revoked {
    Path displaced = quarantine.displaced();
    try {
      journal.take(row.id(), Step.LINK_DISPLACED, () -> Files.createLink(displaced, path));
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!leaving.ask(displaced) || !renamedOver(displaced)) {
      settleLink();
      return false;
    }
    keepDisplaced();
    return true;
  }

  /** Renames over the path if it still has the file that the link keeps. */
  private boolean renamedOver(Path displaced) throws IOException, Journal.Revoked {
    boolean[] renamed = {false};
    journal.take(
        row.id(),
        Step.RENAME_OVER,
        () -> {
          if (FileStat.sameFile(displaced, path)) {
            Renames.over(kept(), path);
            renamed[0] = true;
          }
        });
    return renamed[0];
  }

  private void keepDisplaced() throws IOException, Journal.Revoked {
    journal.take(
        row.id(), Step.KEEP_DISPLACED, () -> Renames.intoOurs(quarantine.displaced(), kept()));
  }

  private void dropSpareLink() throws IOException, Journal.Revoked {
    journal.take(
        row.id(), Step.DROP_SPARE_LINK, () -> Files.deleteIfExists(quarantine.displaced()));
  }

  /** Whether both files have changed places already. */
  boolean hasTakenPlace() throws IOException {
    return leaving.ask(kept());
  }
}
