package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoSpaceTest {

  private static final String FILM = "/films/No space left on device/Disk quota exceeded.mkv";

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void theSystemsWordsTellOfAFullDisk(String words) {
    assertThat(NoSpace.isSaidBy(new IOException(words))).isTrue();
    assertThat(NoSpace.isSaidBy(new FileSystemException("/films/a.mkv", null, words))).isTrue();
  }

  @Test
  void theNameOfAFilmTellsOfNone() {
    assertThat(NoSpace.isSaidBy(new AccessDeniedException(FILM))).isFalse();
    assertThat(NoSpace.isSaidBy(new FileSystemException(FILM, null, "Input/output error")))
        .isFalse();
  }
}
