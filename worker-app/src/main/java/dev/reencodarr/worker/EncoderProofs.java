package dev.reencodarr.worker;

import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a machine's devices works, each tried with a frame: every encoder besides SVT-AV1, and
 * what it may decode by. An encoder that has never worked here, and that nobody has named as this
 * machine's, is not spoken of; one that has worked is missed.
 */
final class EncoderProofs {

  private static final Logger log = LoggerFactory.getLogger(EncoderProofs.class);

  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final Duration AGAIN_WHILE_MISSED = Duration.ofSeconds(30);

  private final Fitness fitness;
  private final List<Encoder> allowed;
  private final boolean areNamed;
  private final List<Decoding> allowedDecoders;
  private final ProvedDecoders decoders;
  private final Map<Encoder, Optional<String>> complaints = new EnumMap<>(Encoder.class);
  private final Set<Encoder> expected = EnumSet.noneOf(Encoder.class);
  private Instant provedAt = Instant.EPOCH;

  EncoderProofs(Fitness fitness, Settings.Devices devices, ProvedDecoders decoders) {
    this.fitness = fitness;
    this.allowed = devices.encoders();
    this.areNamed = !devices.encoders().containsAll(Arrays.asList(Encoder.values()));
    this.allowedDecoders = devices.decoders();
    this.decoders = decoders;
    if (allowed.contains(Encoder.LIBSVTAV1)) {
      expected.add(Encoder.LIBSVTAV1);
    }
    if (areNamed) {
      expected.addAll(allowed);
    }
  }

  /** Encoders whose queues are this worker's, whether it can serve them now or not. */
  synchronized List<Encoder> served() {
    return expected.stream()
        .filter(encoder -> encoder == Encoder.LIBSVTAV1 || complaints.containsKey(encoder))
        .toList();
  }

  /** What is wrong with one of them; SVT-AV1 is proved with the tools. */
  synchronized Optional<String> complaint(Encoder encoder) {
    return complaints.getOrDefault(encoder, Optional.empty());
  }

  /** Something has failed for want of a device or a tool. */
  synchronized void proveAgain() {
    provedAt = Instant.EPOCH;
  }

  /**
   * Tries what is due.
   *
   * @return whether anything has changed
   */
  boolean look() throws InterruptedException {
    if (!isDue()) {
      return false;
    }
    boolean changed = false;
    for (Encoder encoder : allowed) {
      if (encoder != Encoder.LIBSVTAV1) {
        Optional<String> complaint = fitness.complaintOf(encoder);
        changed |= complaint.map(why -> failed(encoder, why)).orElseGet(() -> worked(encoder));
      }
    }
    List<Decoding> working = fitness.decodersOf(allowedDecoders);
    if (!working.equals(decoders.now())) {
      log.info("decodes by {}", working);
      decoders.are(working);
    }
    return changed;
  }

  private synchronized boolean isDue() {
    boolean misses =
        expected.stream()
            .anyMatch(encoder -> complaints.getOrDefault(encoder, Optional.empty()).isPresent());
    Instant now = Instant.now();
    Duration due = misses ? AGAIN_WHILE_MISSED : AGAIN;
    if (Duration.between(provedAt, now).compareTo(due) < 0) {
      return false;
    }
    provedAt = now;
    return true;
  }

  private synchronized boolean worked(Encoder encoder) {
    boolean isNew = expected.add(encoder);
    return !Optional.empty().equals(complaints.put(encoder, Optional.empty())) || isNew;
  }

  private synchronized boolean failed(Encoder encoder, String why) {
    return !Optional.of(why).equals(complaints.put(encoder, Optional.of(why)));
  }
}
