package dev.reencodarr.activities.failure;

import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.VerifyRequest;
import dev.reencodarr.workflows.search.ProbeRequest;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks, before a file is touched and again when a tool or a copy has failed over it, whether the
 * file's library is there. If it is not, that is the fault: the video waits for the mount, whatever
 * the tool has said. Before, since a file of a mount that hangs is touched for ever.
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
        Optional<MediaPath> source = source(input.getArguments());
        source.ifPresent(requireMounted);
        try {
          return super.execute(input);
        } catch (ApplicationFailure failure) {
          if (SUSPECT.contains(failure.getType())) {
            source.ifPresent(requireMounted);
          }
          throw failure;
        }
      }
    };
  }

  /** The file that the activity was about. */
  private static Optional<MediaPath> source(Object[] arguments) {
    return Stream.of(arguments).flatMap(argument -> source(argument).stream()).findFirst();
  }

  private static Optional<MediaPath> source(Object argument) {
    return switch (argument) {
      case MediaPath path -> Optional.of(path);
      case ProbeRequest probe -> Optional.of(probe.source());
      case EncodeRequest encode -> Optional.of(encode.source());
      case VerifyRequest verify -> Optional.of(verify.source());
      case RoomRequest room -> Optional.of(room.source());
      case StageRequest stage -> Optional.of(stage.source());
      case SwapRequest swap -> Optional.of(swap.source());
      default -> Optional.empty();
    };
  }
}
