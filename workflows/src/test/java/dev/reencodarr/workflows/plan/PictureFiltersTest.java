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

  @Test
  void whatScalingLosesCountsBesideTheSourceAloneAndCanBeCountedAfterwards() {
    Scaling smaller = Scaling.of(3840, 1606, 1920, "auto").orElseThrow();
    PictureFilters bySource = PictureFilters.none().and(smaller, Scaling.Against.SOURCE);
    PictureFilters scaled = PictureFilters.none().and("bwdif").and(smaller, Scaling.Against.SCALED);

    assertThat(bySource.probeArguments())
        .containsExactly(
            "--vfilter",
            smaller.filter(),
            "--reference-vfilter",
            "scale=3840:1608:flags=bicubic",
            "--vmaf",
            "model=version=vmaf_4k_v0.6.1");
    assertThat(bySource.enlargedTo()).contains("3840x65535");
    assertThat(bySource.withScalingCounted()).isEmpty();
    assertThat(scaled.probeArguments()).containsExactly("--vfilter", "bwdif," + smaller.filter());
    assertThat(scaled.enlargedTo()).isEmpty();
    PictureFilters counted = scaled.withScalingCounted().orElseThrow();
    assertThat(counted.beforeComparing()).isEqualTo("bwdif,scale=3840:1608:flags=bicubic,");
    assertThat(counted.enlargedTo()).contains("3840x65535");
    assertThat(counted.needsModelOf4k()).isTrue();
  }
}
