package dev.reencodarr.bench.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadLogTest {

  @Test
  void readsOfTheFileAloneCountWhereverItLies() {
    assertThat(
            ReadLog.bytesOf(
                "film.mkv",
                List.of(
                    "11  read(5</lib/film.mkv>, \"\"..., 32768) = 32768",
                    "11  pread64(9</lib/.reencodarr/quarantine/1/film.mkv>, \"\"..., 16384, 7) = 100",
                    "11  read(5</lib/other film.mkv>, \"\"..., 32768) = 32768",
                    "11  read(5</lib/film.mkv.part>, \"\"..., 32768) = 32768",
                    "11  read(4<socket:[1]>, \"\"..., 32768) = 5",
                    "11  read(5</lib/film.mkv>, 0x7f, 32768) = -1 EIO (Input/output error)",
                    "11  +++ exited with 0 +++")))
        .isEqualTo(32868);
  }

  @Test
  void aReadThatWasInterruptedByAnotherThreadsIsCountedOnceAndForItsOwnFile() {
    assertThat(
            ReadLog.bytesOf(
                "film.mkv",
                List.of(
                    "11  read(5</lib/film.mkv>,  <unfinished ...>",
                    "12  read(6</lib/other.mkv>,  <unfinished ...>",
                    "12  <... read resumed>\"\"..., 10) = 10",
                    "11  <... read resumed>\"\"..., 32768) = 4096",
                    "11  <... futex resumed>) = 0")))
        .isEqualTo(4096);
  }
}
