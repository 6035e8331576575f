package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks, before a file is touched and again when a tool or a copy has failed over it, whether the
 * file's library is there. If it is not, that is the fault: the video waits for the mount, whatever
 * the tool has said; what it has said is kept with it. Before, since a file of a mount that hangs
 * is touched for ever.
 */
public final class GoneMount extends WorkerInterceptorBase {

  /** What a mount that goes away or hangs in the middle may look like. */
  private static final Set<String> SUSPECT =
      Set.of(
          EvidenceKind.PROCESS_EXIT.name(),
          EvidenceKind.STALLED.name(),
          EvidenceKind.TIME_LIMIT.name(),
          EvidenceKind.FILE_ACCESS.name(),
          EvidenceKind.FILE_OPERATION.name(),
          EvidenceKind.UNREADABLE_ANSWER.name(),
          EvidenceKind.BAD_MEDIA.name(),
          EvidenceKind.RESULT_REFUSED.name());

  private final Consumer<MediaPath> requireMounted;

  /**
   * @param requireMounted throws the fault MOUNT_GONE where the library around a path is not there
   */
  public GoneMount(Consumer<MediaPath> requireMounted) {
    this.requireMounted = requireMounted;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        Optional<MediaPath> source = FileInQuestion.of(input.getArguments());
        source.ifPresent(requireMounted);
        try {
          return super.execute(input);
        } catch (ApplicationFailure failure) {
          if (SUSPECT.contains(failure.getType())) {
            source.ifPresent(file -> requireStillMounted(file, failure));
          }
          throw failure;
        }
      }
    };
  }

  private void requireStillMounted(MediaPath file, ApplicationFailure seen) {
    try {
      requireMounted.accept(file);
    } catch (RuntimeException away) {
      throw Faults.evident(away) instanceof ApplicationFailure fault
          ? Faults.explaining(fault, seen)
          : away;
    }
  }
}
