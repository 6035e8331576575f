package dev.reencodarr.worker;

import dev.reencodarr.activities.temporal.Faults;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
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
 * The task tokens of the attempts at work, a file each. What a killed worker leaves behind is
 * failed by its successor as «worker restarted», so that nobody waits for the heartbeat timeout.
 */
final class AttemptLog extends WorkerInterceptorBase {

  private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);

  private final Path folder;
  private final String host;

  /**
   * @param folder private to this worker
   */
  AttemptLog(Path folder, String host) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.host = host;
  }

  /** Fails the attempts of the worker that was here before; to be called before any poll. */
  void failOldAttempts(ActivityCompletionClient completion) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(folder)) {
      old = files.toList();
    }
    for (Path token : old) {
      try {
        completion.completeExceptionally(
            Files.readAllBytes(token), Faults.workerRestarted(host, "the worker was started anew"));
        log.info("an attempt of the worker before is handed back: {}", token.getFileName());
      } catch (ActivityCompletionException gone) {
        log.debug("{} is not waited for any more", token.getFileName(), gone);
      }
      Files.delete(token);
    }
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {

      private Path token = folder;

      @Override
      public void init(ActivityExecutionContext context) {
        ActivityInfo info = context.getInfo();
        token = folder.resolve(info.getActivityType() + "-" + UUID.randomUUID());
        super.init(context);
        write(token, info.getTaskToken());
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } finally {
          remove(token);
        }
      }
    };
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Path unfinished = file.resolveSibling("." + file.getFileName());
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
