package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task tokens of the attempts at work, of every kind, a file each. What a killed worker leaves
 * behind is failed by its successor as «worker restarted», so that nobody waits for the heartbeat
 * timeout: what the server retries is retried at once, and a workflow asks this host first for the
 * encode that runs on here.
 */
public final class AttemptLog extends WorkerInterceptorBase {

  private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);

  private static final String UNFINISHED = ".";

  private final Path folder;
  private final String host;

  /**
   * @param folder private to this worker
   */
  public AttemptLog(Path folder, String host) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.host = host;
  }

  /** Fails the attempts of the worker that was here before; to be called before any poll. */
  public void failOldAttempts(ActivityCompletionClient completion) throws IOException {
    for (Path token : old()) {
      if (isWhole(token)) {
        fail(token, completion);
      }
      Files.delete(token);
    }
  }

  private List<Path> old() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Its writer may have been killed in the middle. */
  private static boolean isWhole(Path token) throws IOException {
    return !token.getFileName().toString().startsWith(UNFINISHED) && Files.size(token) > 0;
  }

  private void fail(Path token, ActivityCompletionClient completion) throws IOException {
    try {
      completion.completeExceptionally(
          Files.readAllBytes(token), Faults.workerRestarted(host, "the worker was started anew"));
      log.info("an attempt of the worker before is handed back: {}", token.getFileName());
    } catch (ActivityCompletionException gone) {
      log.debug("{} is not waited for any more", token.getFileName(), gone);
    }
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {

      // A local one belongs to the task of its workflow, which the server hands out again itself.
      private boolean local;

      private Path token = folder;

      @Override
      public void init(ActivityExecutionContext context) {
        ActivityInfo info = context.getInfo();
        local = info.isLocal();
        if (local) {
          super.init(context);
          return;
        }
        token = folder.resolve(info.getActivityType() + "-" + UUID.randomUUID());
        super.init(context);
        write(token, info.getTaskToken());
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        if (local) {
          return super.execute(input);
        }
        boolean isOver = true;
        try {
          return super.execute(input);
        } catch (ApplicationFailure | ActivityCompletionException failure) {
          isOver = !isOfAStop(failure);
          throw failure;
        } finally {
          if (isOver && !Thread.currentThread().isInterrupted()) {
            remove(token);
          }
        }
      }
    };
  }

  /** A worker that stops may not get its last word through; its successor says it again. */
  private static boolean isOfAStop(RuntimeException failure) {
    return failure instanceof ApplicationFailure fault
        ? EvidenceKind.WORKER_RESTARTED.name().equals(fault.getType())
        : !(failure instanceof ActivityCanceledException);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Path unfinished = file.resolveSibling(UNFINISHED + file.getFileName());
      Files.write(unfinished, bytes);
      Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      // Without the token a restart only waits for the heartbeat timeout; the work itself may go
      // on.
      log.warn("could not note the attempt {}", file.getFileName(), full);
    }
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (NoSuchFileException neverWritten) {
      log.debug("{} was never noted", file.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
