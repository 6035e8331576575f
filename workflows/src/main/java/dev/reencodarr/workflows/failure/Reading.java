package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.media.Encoder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A way to read evidence: whether it is there, and which detail of it tells. */
@FunctionalInterface
interface Reading {

  /** Kinds whose words count; for the others the kind says all. */
  Set<EvidenceKind> SPEAKING =
      Set.copyOf(
          EnumSet.of(
              EvidenceKind.PROCESS_EXIT,
              EvidenceKind.FILE_ACCESS,
              EvidenceKind.FILE_OPERATION,
              EvidenceKind.UNREADABLE_ANSWER,
              EvidenceKind.UNEXPECTED));

  Pattern MOVE = Pattern.compile("\\b(stag(e|ing)|cop(y|ied|ying)|mov(e|ed|ing))\\b");

  /** The telling detail; empty where the evidence is not there. */
  Optional<String> read(Observation seen);

  /** Takes everything. */
  static Reading always() {
    return seen -> Optional.of(seen.evidence().message());
  }

  /** The kind of the evidence; the detail is its message. */
  static Reading kind(EvidenceKind kind) {
    return seen ->
        seen.evidence().kind() == kind ? Optional.of(seen.evidence().message()) : Optional.empty();
  }

  /** A line of the message or the output; the detail is the line. */
  static Reading says(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return seen ->
        SPEAKING.contains(seen.evidence().kind()) ? seen.saying(pattern) : Optional.empty();
  }

  /** One of these exit codes, ffmpeg's own where it is known. */
  static Reading exit(int... codes) {
    return seen ->
        seen.exit().isPresent() && Arrays.stream(codes).anyMatch(c -> c == seen.exit().getAsInt())
            ? Optional.of(seen.complaint())
            : Optional.empty();
  }

  /** ab-av1 says that ffmpeg ended without an exit code. */
  static Reading hiddenKill() {
    return seen -> seen.hiddenKill() ? Optional.of("") : Optional.empty();
  }

  /** Any signal; the detail is its number. */
  static Reading signal() {
    return seen ->
        seen.evidence().kind() == EvidenceKind.PROCESS_EXIT && seen.evidence().signal() > 0
            ? Optional.of(Integer.toString(seen.evidence().signal()))
            : Optional.empty();
  }

  /** The same, only in these stages. */
  default Reading in(FailureStage... stages) {
    Set<FailureStage> wanted = Set.of(stages);
    return seen -> wanted.contains(seen.stage()) ? read(seen) : Optional.empty();
  }

  /** This, or else the other. */
  default Reading or(Reading other) {
    return seen -> read(seen).or(() -> other.read(seen));
  }

  /** The same, only where the worker saw the OOM killer at work. */
  default Reading provenOom() {
    return seen ->
        seen.context(Evidence.OOM_KILL).filter("true"::equals).isPresent()
            ? read(seen)
            : Optional.empty();
  }

  /** The same, only where the program hardly got a processor. */
  default Reading starved() {
    return seen ->
        seen.context(Evidence.STARVED).filter("true"::equals).isPresent()
            ? read(seen)
            : Optional.empty();
  }

  /** The same, only where the result was being moved beside its source. */
  default Reading moving() {
    return seen ->
        seen.context(Evidence.OPERATION)
                .map(Evidence.STAGE::equals)
                .orElseGet(() -> seen.saying(MOVE).isPresent())
            ? read(seen)
            : Optional.empty();
  }

  /** The same, only where it was tried whether the file can be replaced where it lies. */
  default Reading reserving() {
    return seen ->
        seen.context(Evidence.OPERATION).filter(Evidence.RESERVE::equals).isPresent()
            ? read(seen)
            : Optional.empty();
  }

  /** The same, only where the source was found to be shorter than it says; that is the detail. */
  default Reading ofAShortSource() {
    return seen -> read(seen).flatMap(_ -> seen.context(Evidence.SHORT_SOURCE));
  }

  /** The same, unless this encoder was at work. */
  default Reading unlessBy(String encoder) {
    return seen -> seen.evidence().command().contains(encoder) ? Optional.empty() : read(seen);
  }

  /** The same, only where an encoder of a GPU was at work. */
  default Reading byGpu() {
    return seen ->
        seen.evidence().command().stream()
                .anyMatch(word -> Encoder.named(word).filter(Encoder::isOfGpu).isPresent())
            ? read(seen)
            : Optional.empty();
  }

  /** The same, with what the program itself complains of as the detail. */
  default Reading complaining() {
    return seen -> read(seen).map(_ -> seen.complaint());
  }
}
