package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A language is the same however a container spells it. */
class LanguageCodeTest {

  @ParameterizedTest
  @CsvSource({"ger, deu", "de, deu", "FRE, fra", "chi, zho", "eng, en", "und, ''", "qaa, qaa"})
  void spellingsOfALanguageAreEqual(String one, String other) {
    assertThat(LanguageCode.normal(one)).isEqualTo(LanguageCode.normal(other));
  }

  @ParameterizedTest
  @CsvSource({"ger, eng", "und, eng", "slo, slv"})
  void otherLanguagesAreNot(String one, String other) {
    assertThat(LanguageCode.normal(one)).isNotEqualTo(LanguageCode.normal(other));
  }
}
