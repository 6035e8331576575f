package dev.reencodarr.workflows.failure.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureCode;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.report.Concentration.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureReportTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Details NO_DETAILS = new Details(List.of(), Details.Trend.of(0, 0), 0);

  private static FailureGroup group(
      FailureStage stage, FailureCategory category, String code, long total, long resolved) {
    return new FailureGroup(
        stage,
        category,
        code,
        total,
        resolved,
        total > resolved ? Optional.of(NOON) : Optional.empty());
  }

  private static FailureReport report(FailureGroup... groups) {
    return FailureReport.of(7, List.of(groups), List.of(), List.of(), NO_DETAILS);
  }

  private static List<String> recommended(FailureGroup... groups) {
    return report(groups).recommendations().stream().map(Recommendation::category).toList();
  }

  @Test
  void withoutFailuresThereIsNoRateAndNothingToRecommend() {
    FailureReport empty = report();

    assertThat(empty.summary()).isEqualTo(new FailureReport.Summary(0, 0, 0, 0.0, 7));
    assertThat(empty.resolutionRate()).isEmpty();
    assertThat(empty.byStage()).isEmpty();
    assertThat(empty.byCategory()).isEmpty();
    assertThat(empty.recommendations()).isEmpty();
  }

  @Test
  void theRateHasOneDecimal() {
    FailureReport report =
        report(group(FailureStage.ENCODING, FailureCategory.UNKNOWN, "UNKNOWN", 23, 8));

    assertThat(report.resolutionRate()).isEqualTo(OptionalDouble.of(34.8));
    assertThat(report.summary().resolutionRatePercent()).isEqualTo(34.8);
  }

  @Test
  void stagesAndCategoriesAreListedWithTheMostFailuresFirst() {
    FailureReport report =
        report(
            group(FailureStage.ANALYSIS, FailureCategory.FILE_ACCESS, "FILE_ACCESS", 2, 1),
            group(FailureStage.ENCODING, FailureCategory.FILE_ACCESS, "FILE_ACCESS", 3, 0),
            group(FailureStage.ENCODING, FailureCategory.TIMEOUT, "STALLED", 4, 4));

    assertThat(report.byStage())
        .containsExactly(
            new FailureReport.StageTotal(
                "encoding",
                7,
                4,
                3,
                List.of(
                    new FailureReport.CategoryCount("timeout", 4, 4),
                    new FailureReport.CategoryCount("file_access", 3, 0))),
            new FailureReport.StageTotal(
                "analysis",
                2,
                1,
                1,
                List.of(new FailureReport.CategoryCount("file_access", 2, 1))));
    assertThat(report.byCategory())
        .extracting(FailureReport.CategoryTotal::category)
        .containsExactly("file_access", "timeout");
    assertThat(report.byCategory().getFirst().stages())
        .containsExactly(
            new FailureReport.StageCount("encoding", 3, 0),
            new FailureReport.StageCount("analysis", 2, 1));
  }

  @Test
  void oneFailureIsNoPatternAndTiesGoToTheLatest() {
    FailureGroup old =
        new FailureGroup(
            FailureStage.ANALYSIS, FailureCategory.UNKNOWN, "UNKNOWN", 2, 0, Optional.of(NOON));
    FailureGroup late =
        new FailureGroup(
            FailureStage.ENCODING,
            FailureCategory.TIMEOUT,
            "STALLED",
            3,
            1,
            Optional.of(NOON.plusSeconds(1)));
    FailureGroup alike =
        new FailureGroup(
            FailureStage.ANALYSIS, FailureCategory.TIMEOUT, "TIMEOUT", 2, 0, Optional.of(NOON));
    FailureGroup alone = group(FailureStage.ENCODING, FailureCategory.UNKNOWN, "UNKNOWN", 9, 8);

    assertThat(FailurePattern.among(List.of(old, alone, late, alike), 10))
        .containsExactly(late, alike, old);
    assertThat(FailurePattern.among(List.of(old, alone, late), 1)).containsExactly(late);
  }

  @Test
  void aSampleIsOneLineOfAtMostEightyCharactersAndNeverHalfAnEmoji() {
    FailureGroup group = group(FailureStage.ENCODING, FailureCategory.UNKNOWN, "UNKNOWN", 2, 0);

    assertThat(FailurePattern.of(group, "a\r\nb\nc").sampleMessage()).isEqualTo("a b c");
    assertThat(FailurePattern.of(group, "x".repeat(80)).sampleMessage()).isEqualTo("x".repeat(80));
    assertThat(FailurePattern.of(group, "x".repeat(81)).sampleMessage())
        .isEqualTo("x".repeat(79) + "…");
    assertThat(FailurePattern.of(group, "🎬".repeat(81)).sampleMessage())
        .isEqualTo("🎬".repeat(79) + "…");
  }

  @ParameterizedTest
  @CsvSource({"3, false", "4, true"})
  void moreThanThreeOfExhaustedResourcesAreUrgent(int count, boolean recommended) {
    assertThat(
            recommended(
                group(
                    FailureStage.ENCODING,
                    FailureCategory.RESOURCE_EXHAUSTION,
                    "EXIT_137",
                    count,
                    0)))
        .isEqualTo(recommended ? List.of("resource_exhaustion") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, ''",
    "6, 5, 6 failures in system_environment",
    "6, 7, '13 failures in system_environment, file_operations'"
  })
  void thresholdsOfTheSystemAreForEachCategoryAlone(int env, int moves, String description) {
    List<Recommendation> made =
        report(
                group(FailureStage.ANALYSIS, FailureCategory.SYSTEM_ENVIRONMENT, "ENV", env, 0),
                group(
                    FailureStage.POST_PROCESS,
                    FailureCategory.FILE_OPERATIONS,
                    "FILE_OP_MOVE",
                    moves,
                    0))
            .recommendations();

    assertThat(made.stream().map(Recommendation::description))
        .isEqualTo(description.isEmpty() ? List.of() : List.of(description));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, false",
    "11, 0, true",
    "70, 30, false",
    "71, 29, true",
    "63, 27, false",
    "64, 26, true"
  })
  void aStageOfWhichMostIsUnresolvedIsNamed(int unresolved, int resolved, boolean named) {
    assertThat(
            recommended(
                group(
                    FailureStage.CRF_SEARCH,
                    FailureCategory.CRF_OPTIMIZATION,
                    "CRF_NOT_FOUND",
                    unresolved + resolved,
                    resolved)))
        .isEqualTo(named ? List.of("stage_failures") : List.of());
  }

  @Test
  void whatIsResolvedAsksForNothing() {
    assertThat(
            recommended(
                group(
                    FailureStage.ENCODING,
                    FailureCategory.RESOURCE_EXHAUSTION,
                    "EXIT_137",
                    100,
                    100)))
        .isEmpty();
  }

  @Test
  void aWorkerThatFailsFarMoreOftenThanTheOthersIsNamed() {
    Concentration bad = at("old-nas", 6, 5, new Concentration.Tried(20, 180));
    Concentration usual = at("box", 5, 6, new Concentration.Tried(180, 20));
    Concentration alone = at("only", 50, 0, new Concentration.Tried(60, 0));
    Concentration few = at("small", 4, 0, new Concentration.Tried(4, 1000));
    Details details = new Details(List.of(bad, usual, alone, few), Details.Trend.of(11, 0), 0);

    assertThat(FailureReport.of(7, List.of(), List.of(), List.of(), details).recommendations())
        .extracting(Recommendation::title)
        .containsExactly("One Worker Fails Far More Often: old-nas");
  }

  private static Concentration at(
      String worker, long failures, long others, Concentration.Tried tried) {
    return new Concentration(Dimension.WORKER.code(), worker, failures, others, Optional.empty())
        .of(tried);
  }

  @Test
  void thePlainReportShowsWhatTheContractNamesAndNoMore() {
    FailureGroup group =
        group(FailureStage.ENCODING, FailureCategory.RESOURCE_EXHAUSTION, "EXIT_137", 8, 0);
    FailureReport report =
        FailureReport.of(
            7, List.of(group), List.of(FailurePattern.of(group, "killed")), List.of(), NO_DETAILS);

    assertThat(report.recommendations()).hasSize(2);
    assertThat(report.recommendations().stream().filter(Recommendations::isPlain))
        .extracting(Recommendation::title)
        .containsExactly("Resource Exhaustion Issues");
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void eachCodeHasItsAdvice(FailureCode code) {
    assertThat(Advice.about(code == FailureCode.EXIT ? "EXIT_1" : code.name())).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "resource_exhaustion, RESOURCE_DISK, true, high",
    "system_environment, ENV, true, high",
    "timeout, STALLED, true, medium",
    "timeout, TIMEOUT, true, medium",
    "process_failure, EXIT_143, true, high",
    "process_failure, EXIT_1, false, low",
    "file_access, FILE_ACCESS, false, low"
  })
  void whatIsCriticalSaysMoreOfMachinesThanOfAVideo(
      String category, String code, boolean critical, String severity) {
    FailureCategory parsed = FailureCategory.parse(category);

    assertThat(CriticalFailure.isCritical(parsed, code)).isEqualTo(critical);
    assertThat(CriticalFailure.severity(parsed, code)).isEqualTo(severity);
  }
}
