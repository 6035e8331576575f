package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.bench.chaos.Batch.Sequel;
import dev.reencodarr.bench.chaos.Film.Container;
import dev.reencodarr.bench.chaos.Moment.Stage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final int LONGEST = 60;

  private static List<Batch> schedule(int runs, long seed, boolean smallDisks) {
    return Schedule.of(new Plan(runs, seed, false, LONGEST), smallDisks);
  }

  private static List<String> printed(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.lines().stream()).toList();
  }

  private static List<Fault> faults(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.faults().stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, -7, Long.MAX_VALUE})
  void theSameSeedGivesTheSameFilmsFaultsAndMoments(long seed) {
    assertThat(schedule(200, seed, true)).isEqualTo(schedule(200, seed, true));
    assertThat(printed(schedule(200, seed, true))).isEqualTo(printed(schedule(200, seed, true)));
  }

  @Test
  void anotherSeedGivesOthers() {
    assertThat(printed(schedule(32, 1, true))).isNotEqualTo(printed(schedule(32, 2, true)));
  }

  /** So that a fault found late in a long run is found again by a shorter one. */
  @Test
  void aLongerRunBeginsAsAShorterOne() {
    assertThat(schedule(320, 5, true).subList(0, 3)).isEqualTo(schedule(96, 5, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 500})
  void thereAreAsManyFilmsAsRunsEachWithANumberAndANameOfItsOwn(int runs) {
    List<Film> films =
        schedule(runs, 3, true).stream().flatMap(batch -> batch.films().stream()).toList();
    assertThat(films).hasSize(runs);
    assertThat(films).extracting(Film::number).doesNotHaveDuplicates();
    assertThat(films).extracting(Film::resultName).doesNotHaveDuplicates();
  }

  @Test
  void everyKindOfFaultStageAndContainerComes() {
    List<Batch> batches = schedule(2000, 1, true);
    Set<FaultKind> kinds = faults(batches).stream().map(Fault::kind).collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(EnumSet.allOf(FaultKind.class));
    assertThat(faults(batches).stream().map(fault -> fault.moment().stage()))
        .contains(Stage.values());
    assertThat(batches.stream().flatMap(each -> each.films().stream()).map(Film::container))
        .contains(Container.values());
    assertThat(batches.stream().map(each -> each.sequel().getClass()).distinct()).hasSize(3);
  }

  @Test
  void whereNoDiskCanBeFilledNoneIs() {
    assertThat(faults(schedule(2000, 1, false))).noneMatch(fault -> fault.kind().needsSmallDisk());
  }

  @Test
  void whatLastsLastsNoLongerThanWasAskedAndSomeOfItSoLong() {
    List<Fault> lasting =
        faults(schedule(2000, 1, true)).stream().filter(each -> each.kind().isLasting()).toList();
    assertThat(lasting).allMatch(fault -> fault.seconds() >= 1 && fault.seconds() <= LONGEST);
    assertThat(lasting).anyMatch(fault -> fault.seconds() == LONGEST);
    assertThat(faults(schedule(2000, 1, true)))
        .filteredOn(fault -> !fault.kind().isLasting())
        .allMatch(fault -> fault.seconds() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 70, 333})
  void everyFaultAndEveryUndoIsAboutAFilmOfItsBatch(int runs) {
    for (Batch batch : schedule(runs, 11, true)) {
      assertThat(batch.faults())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(fault -> fault.moment().film() < batch.films().size())
          .allMatch(fault -> fault.moment().delayMillis() >= 0);
      if (batch.sequel() instanceof Sequel.Undo(List<Integer> films, Fault fault)) {
        assertThat(films)
            .isNotEmpty()
            .doesNotHaveDuplicates()
            .allMatch(film -> film < batch.films().size())
            .contains(fault.moment().film());
        assertThat(fault.kind()).isNotEqualTo(FaultKind.CANCEL);
      }
    }
  }

  @Test
  void theWeightsOfFaultsAreOfAThousandAndThoseOfContainersOfAHundred() {
    assertThat(EnumSet.allOf(FaultKind.class).stream().mapToInt(FaultKind::perThousand).sum())
        .isEqualTo(1000);
    assertThat(EnumSet.allOf(Container.class).stream().mapToInt(Container::percent).sum())
        .isEqualTo(100);
  }
}
