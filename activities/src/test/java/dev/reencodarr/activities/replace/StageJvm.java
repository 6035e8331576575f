package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.StageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A JVM of its own that copies a result into the library, and is halted dead in the middle. */
final class StageJvm {

  private StageJvm() {}

  /** Copies until its first block is written. */
  static SwapJvm.Ending haltedInTheMiddle(StageRequest request) throws IOException {
    return SwapJvm.java(
        List.of(),
        SwapJvm.ownClassPath(),
        StageJvm.class,
        List.of(
            request.video().toString(),
            request.libraryRoot().toString(),
            request.source().toString(),
            request.result().toString(),
            request.sha256()));
  }

  public static void main(String[] arguments) {
    List<String> said = Arrays.asList(arguments);
    new Stager(
            ReplaceBench.machine(),
            root -> {},
            0,
            () -> progress -> Runtime.getRuntime().halt(SwapJvm.HALTED))
        .stage(
            new StageRequest(
                new VideoId(UUID.fromString(said.get(0))),
                ReplaceBench.media(Path.of(said.get(1))),
                ReplaceBench.media(Path.of(said.get(2))),
                ReplaceBench.media(Path.of(said.get(3))),
                said.get(4)));
  }
}
