package dev.reencodarr.bench.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTimesTest {

  @TempDir private Path folder;

  @Test
  void filesThatWereReadAreCountedAndThoseThatWereOnlyLookedAtAreNot() throws Exception {
    Path read = Files.writeString(folder.resolve("read"), "content");
    Path lookedAt = Files.writeString(folder.resolve("looked-at"), "content");
    AccessTimes accesses = AccessTimes.reset(List.of(lookedAt, read));

    Files.readString(read);
    Files.size(lookedAt);

    // Empty where the file system keeps no access times at all: then nothing can be said.
    accesses.touched().ifPresent(touched -> assertThat(touched).isEqualTo(1));
  }
}
