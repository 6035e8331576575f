package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.History;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.SourceDecoding;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The encode of one video: on whichever machine is free, except after a worker was lost or
 * restarted. Then the machine that had the job is asked first, since it may run there still.
 */
final class VideoEncode {

  private static final String CLEARS_AGAIN = "interrupted-clearing-is-repeated";
  private static final int MOST_CLEARINGS = 3;

  private final EncodeRequest request;
  private final String zone;
  private final VideoSteps steps;
  private final Attempts attempts;
  private final VideoStatus status;
  private final Set<String> hosts = new LinkedHashSet<>();

  /** The machine that is asked first; empty where anybody may take it. */
  private String askFirst = "";

  VideoEncode(
      EncodeRequest request, String zone, VideoSteps steps, Attempts attempts, VideoStatus status) {
    this.request = request;
    this.zone = zone;
    this.steps = steps;
    this.attempts = attempts;
    this.status = status;
  }

  EncodeOutcome run() {
    History history = attempts.begin();
    while (true) {
      try {
        EncodeOutcome outcome = askFirst.isEmpty() ? attempts.taken(this::encode) : encode();
        cameTo(outcome);
        return outcome;
      } catch (ActivityFailure failure) {
        Evidence evidence = attempts.evidenceOf(failure);
        String host = hostOf(evidence);
        history = attempts.afterFailure(FailureStage.ENCODING, evidence, history);
        // Where three workers were lost on one machine, another one is to have its try.
        askFirst = history.isSuspect() ? "" : host;
      }
    }
  }

  private EncodeOutcome encode() {
    return at(askFirst)
        .encode(request.with(attempts.threadsHalved()).with(attempts.decoding(wishedDecoding())));
  }

  private SourceDecoding wishedDecoding() {
    return SourceDecoding.of(request.plan().quality(), request.facts().mainVideo().orElseThrow());
  }

  private void cameTo(EncodeOutcome outcome) {
    askFirst = "";
    switch (outcome) {
      case EncodeOutcome.Paused paused -> {
        askFirst = paused.frozenOn();
        worksAt(askFirst);
      }
      case EncodeOutcome.Encoded encoded -> {
        attempts.succeeded(FailureStage.ENCODING);
        worksAt(encoded.host());
      }
      case EncodeOutcome.SourceChanged changed -> attempts.succeeded(FailureStage.ENCODING);
    }
  }

  private EncodeActivities at(String host) {
    String summary =
        "%s preset %d CRF %s"
            .formatted(
                request.plan().encoder().ffmpegName(),
                request.preset(),
                PlainNumber.text(request.crf()));
    return host.isEmpty()
        ? steps.encode(request.plan().encoder(), zone, summary, attempts.looksAgainForEncoders())
        : steps.encodeOn(host, summary);
  }

  /** The machine that may run the job still; empty where anybody may take it. */
  private String hostOf(Evidence evidence) {
    String host = evidence.context().getOrDefault("host", "");
    worksAt(host);
    return evidence.kind() == EvidenceKind.WORKER_LOST
            || evidence.kind() == EvidenceKind.WORKER_RESTARTED
        ? host
        : "";
  }

  private void worksAt(String host) {
    if (!host.isEmpty()) {
      hosts.add(host);
    }
  }

  /** Clears the work folders of the machines that worked on it; a silent one clears up later. */
  void discard() {
    for (String host : hosts) {
      Uncancellable.run(() -> discardOn(host));
    }
    status.note("work folder cleared");
  }

  private void discardOn(String host) {
    for (int clearing = 1; true; clearing++) {
      try {
        steps.encodeOn(host, "clear the work folder").discard(request.video());
        return;
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) {
          return;
        }
        if (clearing == MOST_CLEARINGS || !wasInterrupted(failure) || !clearsAgain()) {
          attempts.cleanUpFailed(host, failure);
          return;
        }
      }
    }
  }

  /** Whether it is the worker that ended in the middle: its successor is there or about to come. */
  private boolean wasInterrupted(ActivityFailure failure) {
    EvidenceKind kind = attempts.evidenceOf(failure).kind();
    return kind == EvidenceKind.WORKER_RESTARTED || kind == EvidenceKind.WORKER_LOST;
  }

  /** Version 0 left the folder to the janitor. */
  private static boolean clearsAgain() {
    return Workflow.getVersion(CLEARS_AGAIN, Workflow.DEFAULT_VERSION, 1) > 0;
  }
}
