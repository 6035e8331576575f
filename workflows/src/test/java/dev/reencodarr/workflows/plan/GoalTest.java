package dev.reencodarr.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.temporal.Payloads;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a goal gives up before the search begins. */
class GoalTest {

  private static final QualitySettings USUAL = QualitySettings.defaults();

  private static QualitySettings with(Goal goal) {
    return USUAL.with(new Wishes(OptionalDouble.empty(), Optional.of(goal), 3, Optional.empty()));
  }

  @Test
  void spaceGivesNothingUp() {
    assertThat(with(Goal.SPACE)).isEqualTo(USUAL);
  }

  @Test
  void timeTriesTheFirstPresetAtTheFullTargetAndWantsAFifth() {
    QualitySettings time = with(Goal.TIME);

    assertThat(time.presets()).containsExactly(USUAL.presets().getFirst());
    assertThat(time.lowerTarget()).isFalse();
    assertThat(time.mostPercent(1)).isEqualTo(80);
  }

  @Test
  void balancedTriesEveryPresetAtTheFullTarget() {
    QualitySettings balanced = with(Goal.BALANCED);

    assertThat(balanced.presets()).isEqualTo(USUAL.presets());
    assertThat(balanced.lowerTarget()).isFalse();
    assertThat(balanced.mostPercent(1)).isEqualTo(85);
  }

  @ParameterizedTest
  @EnumSource
  void noGoalAsksForMoreThanIsSetNorTwiceForItsOwn(Goal goal) {
    QualitySettings once = with(goal);

    assertThat(once.with(Wishes.none())).isEqualTo(once);
    assertThat(USUAL.presets()).containsAll(once.presets());
    assertThat(once.leastSavingPredicted()).isGreaterThanOrEqualTo(USUAL.leastSavingPredicted());
    assertThat(goal.lowersTarget(false)).isFalse();
    assertThat(goal.leastSaving(50)).isEqualTo(50);
    assertThat(goal.presets(List.of(4))).containsExactly(4);
  }

  @Test
  void theGoalOfTheSettingsCountsWhereNothingElseIsWished() {
    assertThat(with(Goal.TIME).goal()).isEqualTo(Goal.TIME);
    assertThat(with(Goal.TIME).with(Wishes.none()).goal()).isEqualTo(Goal.TIME);
  }

  @Test
  void wishesForAnEncodeAreWrittenAsEarlierReleasesWroteThem() throws Exception {
    ObjectMapper json = Payloads.mapper();

    assertThat(json.writeValueAsString(Wishes.none())).doesNotContain("measure");
    assertThat(json.readValue("{\"priority\":3}", Wishes.class).measureOnly()).isFalse();
    assertThat(
            json.readValue(json.writeValueAsString(Wishes.toMeasure()), Wishes.class).measureOnly())
        .isTrue();
  }
}
