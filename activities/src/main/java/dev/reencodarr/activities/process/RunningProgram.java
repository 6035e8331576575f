package dev.reencodarr.activities.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound program and the two threads that drain its output. */
final class RunningProgram {

  private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);
  private static final long DRAIN_MILLIS = 5000;

  private final Process process;
  private final Thread keeper;
  private final Thread errors;
  private final HeadOfOutput stdout;
  private final OutputLines stderr;

  private RunningProgram(
      Process process, Thread keeper, Thread errors, HeadOfOutput stdout, OutputLines stderr) {
    this.process = process;
    this.keeper = keeper;
    this.errors = errors;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /**
   * Starts it from a thread that lives as long as it: the signal on the parent's death follows the
   * creating thread, and the caller's may be a virtual one whose carrier ends.
   */
  static RunningProgram start(ProcessBuilder builder, int stdoutLimit, ProgramListener listener)
      throws IOException, InterruptedException {
    HeadOfOutput stdout = new HeadOfOutput(stdoutLimit);
    OutputLines stderr = new OutputLines();
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread keeper =
        Thread.ofPlatform()
            .daemon()
            .name("program-output")
            .start(() -> keep(builder, started, stdout));
    Process process;
    try {
      process = started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
    Thread errors =
        Thread.ofPlatform()
            .daemon()
            .name("program-errors")
            .start(() ->
                drain(
                    process.getErrorStream(),
                    (bytes, length) -> {
                      stderr.accept(bytes, length);
                      listener.complains(bytes, length);
                    }));
    return new RunningProgram(process, keeper, errors, stdout, stderr);
  }

  private static void keep(
      ProcessBuilder builder, CompletableFuture<Process> started, HeadOfOutput stdout) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
      return;
    }
    started.complete(process);
    drain(process.getInputStream(), stdout::accept);
    awaitEnd(process);
  }

  /** Not by {@code onExit()}: that waits for a thread of the common pool, which others may hold. */
  private static void awaitEnd(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing interrupts the keeper of a program", e);
    }
  }

  /** What takes the bytes of a stream. */
  private interface Sink {
    void accept(byte[] bytes, int length);
  }

  private static void drain(InputStream stream, Sink sink) {
    byte[] buffer = new byte[8192];
    try (stream) {
      int length = stream.read(buffer);
      while (length >= 0) {
        sink.accept(buffer, length);
        length = stream.read(buffer);
      }
    } catch (IOException e) {
      // Java closes the stream of a program that has ended; what came until then is kept.
      LOG.debug("output of a program was cut off", e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean endsWithin(long nanos) throws InterruptedException {
    return process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code as Java gives it: 128 + signal where a signal ended it. */
  int exitCode() {
    return process.exitValue();
  }

  /** Waits for the rest of the output; false if something holds it open. */
  boolean drained() throws InterruptedException {
    keeper.join(DRAIN_MILLIS);
    errors.join(DRAIN_MILLIS);
    return !keeper.isAlive() && !errors.isAlive();
  }

  String stdout() {
    return stdout.text();
  }

  String stderr(int characters) {
    return stderr.excerpt(characters);
  }

  /** The beginning of a stream. */
  private static final class HeadOfOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;

    private HeadOfOutput(int limit) {
      this.limit = limit;
    }

    private synchronized void accept(byte[] next, int length) {
      bytes.write(next, 0, Math.min(length, limit - bytes.size()));
    }

    private synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
