package dev.reencodarr.workflows.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPathTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "relative", "/a/../b", "/a/./b", "/a/\0", "/a/\uFFFD.mkv"})
  void refusesWhatCannotNameAFileForAProgram(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MediaPath(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/-b.mkv", "/a/x\ny.mkv", "/a/\"'`$(rm).mkv", "/🎬/.mkv", "/"})
  void takesWhateverAFileNameMayHold(String path) {
    assertThat(new MediaPath(path)).hasToString(path);
  }

  @Test
  void liesWithinARootByWholeSegments() {
    MediaPath root = new MediaPath("/tv");

    assertThat(new MediaPath("/tv/Show/a.mkv").isWithin(root)).isTrue();
    assertThat(new MediaPath("/tv2/a.mkv").isWithin(root)).isFalse();
    assertThat(new MediaPath("/tv/Show/a.mkv").relativeTo(root)).isEqualTo("Show/a.mkv");
    assertThat(new MediaPath("/a.mkv").isWithin(new MediaPath("/"))).isTrue();
  }

  @Test
  void knowsStemAndExtension() {
    MediaPath path = new MediaPath("/tv/A.Show.S01.MKV");

    assertThat(path.stem()).isEqualTo("A.Show.S01");
    assertThat(path.extension()).isEqualTo("mkv");
    assertThat(new MediaPath("/tv/.hidden").extension()).isEmpty();
  }
}
