package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Runs the real programs in the plainest way. */
final class TestRunner implements ProgramRunner {

  @Override
  public ProgramEnd run(ProgramCall call, Runnable everySecond)
      throws ProgramNotStarted, InterruptedException {
    everySecond.run();
    try {
      Process process =
          new ProcessBuilder(call.arguments()).directory(call.folder().toFile()).start();
      CompletableFuture<String> stderr =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String stdout = text(process.getInputStream());
      int exit = process.waitFor();
      return new ProgramEnd(exit, 0, false, stdout, stderr.join(), 0);
    } catch (IOException e) {
      throw new ProgramNotStarted(call.arguments().getFirst(), e);
    }
  }

  private static String text(java.io.InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
