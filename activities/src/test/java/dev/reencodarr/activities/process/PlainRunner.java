package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs real programs in the plainest way, for tests of what is done with their answers. */
public final class PlainRunner implements ProgramRunner {

  @Override
  public ProgramEnd run(ProgramCall call, Runnable everySecond)
      throws ProgramNotStarted, InterruptedException {
    long start = System.nanoTime();
    try {
      Path out = Files.createTempFile("plain", ".out");
      Path err = Files.createTempFile("plain", ".err");
      try {
        Process process = start(call, out, err);
        while (!process.waitFor(1, TimeUnit.SECONDS)) {
          everySecond.run();
        }
        return new ProgramEnd(
            process.exitValue(),
            0,
            false,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8),
            (System.nanoTime() - start) / 1e9);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (ProgramNotStarted e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(ProgramCall call, Path out, Path err) throws ProgramNotStarted {
    ProcessBuilder builder =
        new ProcessBuilder(call.arguments())
            .directory(call.folder().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String path =
        TestTools.tools().folders().stream().map(Path::toString).collect(Collectors.joining(":"));
    builder.environment().put("PATH", path + ":/usr/bin:/bin");
    builder.environment().putAll(call.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ProgramNotStarted(call.arguments().getFirst(), e);
    }
  }
}
