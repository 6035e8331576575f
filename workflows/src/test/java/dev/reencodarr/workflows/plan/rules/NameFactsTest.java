package dev.reencodarr.workflows.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFactsTest {

  @ParameterizedTest
  @CsvSource({
    "/films/A film (2008)/a.mkv, 2008",
    "/films/A film [2008].mkv, 2008",
    "/films/A.film.2008.1080p.mkv, 2008",
    "/films/A film 2008 720p.mkv, 2008",
    "/films/A film 2008, 2008",
    "/films/Blade.Runner.2049.2017.1080p.mkv, 2017",
    "/films/Wonder.Woman.1984.2020.2160p.mkv, 2020",
    "/films/Wonder Woman 1984 2020 1080p.mkv, 2020",
    "/films/2001 A Space Odyssey (1968).mkv, 1968",
    "/films/A film (1950).mkv, 1950",
    "/films/A film (2030).mkv, 2030",
    "/films/A film (1949).mkv, 0",
    "/films/A film (2031).mkv, 0",
    "/films/A.film.1080.mkv, 0",
    "/films/A film 2160p.mkv, 0",
    "/films/Ärger (1999).mkv, 1999",
    "/films/release20051234.mkv, 0",
    "'', 0"
  })
  void theYearIsTheOneInBracketsElseTheOneThatStandsAlone(String path, int year) {
    assertThat(NameFacts.year(path)).isEqualTo(year);
  }

  @Test
  void theTitleIsAskedWhereThePathNamesNoYear() {
    assertThat(NameFacts.year("/films/a.mkv", "A film (1999)")).isEqualTo(1999);
    assertThat(NameFacts.year("/films/a 2001 .mkv", "A film (1999)")).isEqualTo(2001);
  }

  @ParameterizedTest
  @CsvSource({
    "A.Film.2008.1080p.BluRay.REMUX.AVC.mkv, remux",
    "A Film (2008) Blu-ray x264.mkv, bluray",
    "a.film.bdrip.mkv, bluray",
    "A.Film.WEB-DL.mkv, web",
    "A.Film.WEB.h264.mkv, web",
    "A.Film.WEBRip.mkv, webrip",
    "A.Film.HDTV.mkv, tv",
    "A.Film.DVDRip.mkv, dvd",
    "Webster.mkv, ''",
    "a.mkv, ''"
  })
  void whatAReleaseWasMadeFromIsToldByItsWords(String name, String release) {
    assertThat(NameFacts.release(name)).isEqualTo(release);
  }
}
