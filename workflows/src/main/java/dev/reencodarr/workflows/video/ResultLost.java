package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.replace.Verdict;

/** The result of an encode is not where the encode had left it. */
final class ResultLost extends RuntimeException {

  ResultLost(Verdict.ResultGone verdict) {
    super(verdict.what());
  }

  Evidence evidence() {
    return Evidence.of(EvidenceKind.FILE_ACCESS, String.valueOf(getMessage()));
  }
}
