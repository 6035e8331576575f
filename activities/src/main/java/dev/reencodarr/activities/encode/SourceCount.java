package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.encode.EncodeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts what is in a source whose result was refused for being short, by reading through it: a
 * download that broke off is shorter than its own header says.
 */
final class SourceCount {

  private static final Duration LIMIT = Duration.ofHours(6);
  private static final int ANSWER_BYTES = 1024;

  private final AbAv1Encoder.Parts parts;
  private final Path folder;
  private final EncodeRequest request;
  private final Runnable everySecond;

  /**
   * @param folder private to this piece of work
   * @param everySecond called while it is counted
   */
  SourceCount(AbAv1Encoder.Parts parts, Path folder, EncodeRequest request, Runnable everySecond) {
    this.parts = parts;
    this.folder = folder;
    this.request = request;
    this.everySecond = everySecond;
  }

  /**
   * In what the source is shorter than it says, for people.
   *
   * @param encoded frames that the encoder has decoded
   * @return empty where the encoder has lost something, or nothing can be told
   */
  Optional<String> shortfall(long encoded) throws InterruptedException {
    long said = Math.round(SourceLength.of(request.facts()).frames());
    OptionalLong counted = packets();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    long there = counted.getAsLong();
    boolean isShort = there > 0 && there < said - tolerance(said);
    boolean allWasEncoded = encoded >= there - tolerance(there);
    return isShort && allWasEncoded
        ? Optional.of(
            String.format(
                Locale.ROOT, "%d frames are in it, by its header there are %d", there, said))
        : Optional.empty();
  }

  private static long tolerance(long frames) {
    return 2 + frames / 100;
  }

  private OptionalLong packets() throws InterruptedException {
    Optional<MediaStream.Video> film = request.facts().mainVideo();
    if (film.isEmpty()) {
      return OptionalLong.empty();
    }
    List<String> command =
        List.of(
            parts.tools().ffprobe().toString(),
            "-v",
            "error",
            "-count_packets",
            "-select_streams",
            Integer.toString(film.get().index()),
            "-show_entries",
            "stream=nb_read_packets",
            "-of",
            "default=noprint_wrappers=1:nokey=1",
            "-i",
            request.source().value());
    try {
      ProgramEnd end =
          parts
              .runner()
              .run(
                  new ProgramCall(command, folder, Map.of(), LIMIT, ANSWER_BYTES, true),
                  everySecond);
      String answer = end.stdout().strip();
      return end.succeeded() && answer.matches("\\d{1,18}")
          ? OptionalLong.of(Long.parseLong(answer))
          : OptionalLong.empty();
    } catch (ProgramNotStarted e) {
      // Whatever is wrong with ffprobe, the result was refused.
      return OptionalLong.empty();
    }
  }
}
