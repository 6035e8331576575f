package dev.reencodarr.bench.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.bench.figure.NoFigure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TitlesTest {

  private static final byte[] FILE = bytes("\u00ff\u0000" + Titles.MARK + "\u00e9 rest");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void eachNumberMakesAFileOfItsOwnAndOfTheSameLength() throws Exception {
    Titles titles = Titles.in(FILE);

    assertThat(titles.numbered(42)).isEqualTo(bytes("\u00ff\u0000film-00000042\u00e9 rest"));
    assertThat(titles.numbered(0)).isEqualTo(FILE).isNotSameAs(FILE);
  }

  @Test
  void aFileWithoutTheMarkOrWithTwoIsRefused() {
    assertThatThrownBy(() -> Titles.in(bytes("nothing"))).isInstanceOf(NoFigure.class);
    assertThatThrownBy(() -> Titles.in(bytes(Titles.MARK + Titles.MARK)))
        .isInstanceOf(NoFigure.class);
  }
}
