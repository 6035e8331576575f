package dev.reencodarr.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void textIsFlushLeftAndFiguresAreFlushRight() {
    Table table =
        new Table().text("file").figures("size").row("a.mkv", "1 MB").row("long.mkv", "12 MB");

    assertThat(table.lines())
        .containsExactly("file       size", "a.mkv      1 MB", "long.mkv  12 MB");
  }

  @Test
  void wideLettersTakeTwoColumns() {
    Table table = new Table().text("file").figures("n").row("映画.mkv", "1").row("abcdefgh", "2");

    assertThat(table.lines()).containsExactly("file      n", "映画.mkv  1", "abcdefgh  2");
  }

  @Test
  void aLongNameKeepsItsBeginningAndItsEnd() {
    String shortened = Printable.shortened("The.Film.That.Has.A.Long.Name.2160p.mkv", 20);

    assertThat(shortened).hasSize(20).startsWith("The.Film").contains("…").endsWith("2160p.mkv");
    assertThat(Printable.width(Printable.shortened("映画映画映画映画映画", 11))).isLessThan(12);
  }

  @Test
  void sizesHaveThreeDigits() {
    assertThat(Figures.bytes(999)).isEqualTo("999 B");
    assertThat(Figures.bytes(5_422_667)).isEqualTo("5.42 MB");
    assertThat(Figures.bytes(54_226_670)).isEqualTo("54.2 MB");
    assertThat(Figures.bytes(999_999_999)).isEqualTo("1.00 GB");
    assertThat(Figures.bytes(-7_800)).isEqualTo("-7.80 kB");
  }

  @Test
  void timesAreThoseOfAClock() {
    assertThat(Figures.clock(7)).isEqualTo("0:07");
    assertThat(Figures.clock(3723)).isEqualTo("1:02:03");
  }
}
