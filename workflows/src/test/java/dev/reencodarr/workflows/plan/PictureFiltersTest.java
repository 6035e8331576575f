package dev.reencodarr.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PictureFiltersTest {

  @Test
  void aPictureAsItIsNeedsNoArguments() {
    assertThat(PictureFilters.none().probeArguments()).isEmpty();
    assertThat(PictureFilters.none().encodeArguments()).isEmpty();
    assertThat(PictureFilters.none().beforeComparing()).isEmpty();
  }

  @Test
  void filtersAreOneChainOfTheFilmAloneAndOfItsReference() {
    PictureFilters filters = PictureFilters.none().and("bwdif").and("hflip");

    assertThat(filters.probeArguments()).containsExactly("--vfilter", "bwdif,hflip");
    assertThat(filters.encodeArguments()).containsExactly("--enc", "filter:v:0=bwdif,hflip");
    assertThat(filters.beforeComparing()).isEqualTo("bwdif,hflip,");
  }

  @Test
  void whatIsGivenUpIsNotGivenUpInTheReference() {
    assertThat(
            new PictureFilters(List.of("bwdif", "scale=640:-2"), List.of("bwdif")).probeArguments())
        .containsExactly("--vfilter", "bwdif,scale=640:-2", "--reference-vfilter", "bwdif");
    assertThat(new PictureFilters(List.of("scale=640:-2"), List.of()).probeArguments())
        .containsExactly("--vfilter", "scale=640:-2", "--reference-vfilter", "null");
  }
}
