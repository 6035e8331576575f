package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;

/**
 * Tells broken sources from what is wrong with tools, mounts and machines, as work itself would: by
 * the table of failures.
 */
public final class SourceJudgement {

  private SourceJudgement() {}

  /**
   * What the table says of a check that has failed.
   *
   * @param deep whether every picture was to be decoded: then a program has failed in the way in
   *     which an encode does
   */
  public static Classification of(Evidence evidence, boolean deep) {
    return FailureTable.classify(stage(evidence, deep), evidence);
  }

  private static FailureStage stage(Evidence evidence, boolean deep) {
    boolean isShort =
        evidence.kind() == EvidenceKind.BAD_MEDIA
            && evidence.context().containsKey(Evidence.SHORT_SOURCE);
    if (isShort) {
      // Work finds that out by its verification.
      return FailureStage.POST_PROCESS;
    }
    return deep ? FailureStage.ENCODING : FailureStage.ANALYSIS;
  }

  /** Whether it is the file that is broken, and no other try would change that. */
  public static boolean isBroken(Classification failure) {
    return failure.isOfABrokenSource();
  }
}
