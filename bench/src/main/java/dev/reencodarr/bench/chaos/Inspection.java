package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.bench.chaos.Seen.Content;
import dev.reencodarr.bench.chaos.Seen.Original;
import dev.reencodarr.bench.chaos.Violation.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges what is seen: every promise that a batch at rest must keep. */
final class Inspection {

  private static final String MARKER = "library.json";
  private static final String MANIFEST = "manifest.json";

  private final Seen seen;
  private final boolean numbered;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<Path> expected = new HashSet<>();

  private Inspection(Seen seen, boolean numbered) {
    this.seen = seen;
    this.numbered = numbered;
  }

  /**
   * What is wrong; nothing where all is well.
   *
   * @param numbered whether results carry the numbers of their films, so that one in the place of
   *     another shows
   */
  static List<Violation> of(Seen seen, boolean numbered) {
    return new Inspection(seen, numbered).violations();
  }

  private List<Violation> violations() {
    seen.films().forEach(this::judge);
    seen.files().keySet().stream()
        .filter(file -> !expected.contains(file) && !file.endsWith(MARKER))
        .forEach(file -> found(Kind.LITTER, "in the library: " + file));
    seen.orphans().forEach(process -> found(Kind.ORPHAN, process));
    seen.jobs().forEach(job -> found(Kind.LITTER, "in the work folder: " + job));
    if (seen.ledger().openOrders() > 0) {
      found(Kind.STUCK, seen.ledger().openOrders() + " films of orders are not settled");
    }
    return List.copyOf(violations);
  }

  private void found(Kind kind, String what) {
    violations.add(new Violation(kind, what));
  }

  private void judge(Original film) {
    List<SwapRow> swaps = seen.ledger().swaps(film.source());
    List<SwapRow> done = swaps.stream().filter(row -> row.is("done")).toList();
    swaps.stream()
        .filter(row -> row.is("intended") || row.unfinishedUndo())
        .forEach(row -> found(Kind.UNTRUE_ROW, "unfinished at " + row.step() + ": " + row));
    if (done.size() > 1) {
      found(Kind.DOUBLE_COMMIT, film.source() + " by " + done);
    }
    if (done.isEmpty()) {
      untouched(film);
    } else {
      replaced(film, done.getLast());
    }
    swaps.stream().filter(row -> row.is("undone")).forEach(row -> undone(film, row));
    row(film, !done.isEmpty());
    int launches = seen.launches().getOrDefault(film.number(), 0);
    if (launches > 1 + seen.causes()) {
      found(Kind.DOUBLE_WORK, film.source() + " was encoded " + launches + " times");
    }
  }

  private void untouched(Original film) {
    expected.add(film.source());
    if (holds(film.source(), film.sha256())) {
      return;
    }
    Optional<Path> elsewhere =
        seen.files().entrySet().stream()
            .filter(file -> file.getValue().sha256().equals(film.sha256()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (elsewhere.isPresent()) {
      found(Kind.UNTRUE_ROW, film.source() + " is not replaced, and lies at " + elsewhere.get());
    } else {
      found(Kind.LOSS, "the original of " + film.source() + " is nowhere whole");
    }
  }

  private void replaced(Original film, SwapRow row) {
    expected.add(row.target());
    if (!row.target().equals(film.target())) {
      found(Kind.UNTRUE_ROW, film.source() + " was replaced at " + row.target());
    }
    if (!holds(row.target(), row.resultSha256())) {
      found(Kind.LOSS, "the result at " + row.target() + " is not the one that was verified");
    } else if (numbered && number(row.target()) != film.number()) {
      found(Kind.LOSS, "the result at " + row.target() + " is another film's");
    }
    if (!row.kept()) {
      return;
    }
    Path original = row.quarantine().resolve(film.source().getFileName());
    if (!holds(original, film.sha256())) {
      found(Kind.LOSS, "the original of " + film.source() + " is not whole in quarantine");
    }
    expected.add(original);
    manifest(row);
  }

  private void undone(Original film, SwapRow row) {
    if (!row.kept()) {
      return;
    }
    Path besides = row.quarantine().resolve("result");
    Path result =
        seen.files().containsKey(besides)
            ? besides
            : row.quarantine().resolve(film.source().getFileName());
    if (!holds(result, row.resultSha256())) {
      found(Kind.LOSS, "the undone result of " + film.source() + " is not whole in quarantine");
    }
    expected.add(result);
    manifest(row);
  }

  private void manifest(SwapRow row) {
    Path manifest = row.quarantine().resolve(MANIFEST);
    if (!seen.files().containsKey(manifest)) {
      found(Kind.UNTRUE_ROW, "no manifest in " + row.quarantine());
    }
    expected.add(manifest);
  }

  private void row(Original film, boolean replaced) {
    Optional<VideoRow> row = seen.ledger().video(film.source(), film.target());
    if (row.isEmpty()) {
      found(Kind.UNTRUE_ROW, film.source() + " has no row");
      return;
    }
    VideoRow video = row.get();
    if (!video.isAtRest()) {
      found(Kind.STUCK, film.source() + " is " + video.state() + ": " + video.detail());
    } else if (video.is("encoded") != replaced) {
      found(
          Kind.UNTRUE_ROW,
          film.source() + " is " + video.state() + (replaced ? " and replaced" : " and is not"));
    }
  }

  private boolean holds(Path file, String sha256) {
    Content content = seen.files().get(file);
    return content != null && content.sha256().equals(sha256);
  }

  private int number(Path file) {
    Content content = seen.files().get(file);
    return content == null ? -1 : content.number();
  }
}
