package dev.reencodarr.activities.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The logs of failed work on one machine, in {@code <workFolder>/logs}, until the janitor takes
 * them away.
 */
public final class KeptLogs {

  /** Both kinds of names. */
  private static final String KEPT_LOG = "*.*-*.log";

  /** Of a film's name; with four bytes each they still make a file name. */
  private static final int MOST_CHARACTERS = 48;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;

  KeptLogs(Path folder) {
    this.folder = folder;
  }

  /** The folder that they lie in. */
  public Path folder() {
    return folder;
  }

  /**
   * Keeps the log of a job whose folder goes: without secrets, and of a long one the beginning and
   * the end.
   *
   * @return where it lies, {@code <job>-<n>.log}; empty if the job has none
   */
  public Optional<Path> keep(JobFolder job) throws IOException {
    if (Files.notExists(job.log())) {
      return Optional.empty();
    }
    // In the job's folder, so that half a log of a worker that dies goes with it.
    Path fit = job.file("log.kept");
    try (FileChannel log = FileChannel.open(job.log(), StandardOpenOption.READ);
        Writer writer = Files.newBufferedWriter(fit, StandardCharsets.UTF_8)) {
      LogLines.copy(WholeOutput.of(log, WholeOutput.USUAL), writer);
    }
    Path kept = ofJob(job);
    Files.move(fit, kept, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(job.log());
    return Optional.of(kept);
  }

  private Path ofJob(JobFolder job) {
    int number = 1;
    while (Files.exists(folder.resolve(job.name() + "-" + number + ".log"))) {
      number++;
    }
    return folder.resolve(job.name() + "-" + number + ".log");
  }

  /**
   * A new, empty log for a piece of work on a film: {@code <film>.<step>-<time>.log}, so that who
   * looks through the folder finds what he seeks.
   *
   * @param step a word
   */
  public Path create(Path film, String step, Instant when) throws IOException {
    String name = plain(film) + "." + step + "-" + TIME.format(when);
    int number = 1;
    while (true) {
      try {
        return Files.createFile(folder.resolve(name + (number == 1 ? "" : "-" + number) + ".log"));
      } catch (FileAlreadyExistsException e) {
        // A film of the same name in another folder, at the same time.
        number++;
      }
    }
  }

  /** A film's name without what means something to a shell or a terminal. */
  private static String plain(Path film) {
    String name = film.getFileName().toString();
    return IntStream.concat(
            name.codePoints().limit(1).map(first -> first == '.' ? '_' : first),
            name.codePoints().skip(1))
        .limit(MOST_CHARACTERS)
        .mapToObj(each ->
            Character.isLetterOrDigit(each) || "._-".indexOf(each) >= 0
                ? Character.toString(each)
                : "_")
        .collect(Collectors.joining());
  }

  /** All of them, in no order; what is not named like one is not ours. */
  public List<Path> all() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, KEPT_LOG)) {
      files.forEach(kept::add);
    }
    return kept;
  }
}
