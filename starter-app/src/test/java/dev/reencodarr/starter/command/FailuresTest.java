package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRows;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.FailureReportText;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code failures …} on a real database, with Temporal away. */
class FailuresTest {

  private final Database database = TestDatabase.fresh();
  private final FailureRows rows = new FailureRows(database);
  @TempDir private Path folder;

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  private long killedInTheMiddle() {
    Video video = Rows.video(database, Rows.library(database, "/films"), "/films/it's\na.mkv");
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("host", "box");
    context.put("exit_code", 137);
    context.put("output", "frame 1\nKilled");
    context
        .putArray("command")
        .add("/usr/bin/ab-av1")
        .add("encode")
        .add("/films/it's\na.mkv")
        .add("a b")
        .add("it's");
    new FailureRepository(database)
        .record(
            new FailureRecord(
                video.id(),
                "video/" + video.id(),
                "run",
                1,
                new Classification(
                    FailureStage.ENCODING,
                    FailureCategory.RESOURCE_EXHAUSTION,
                    "EXIT_137",
                    "Process killed by system (likely OOM)",
                    Reaction.RETRY),
                Evidence.of(EvidenceKind.PROCESS_EXIT, "killed"),
                0,
                true,
                "give up"),
            "Process killed by system (likely OOM)",
            context);
    return database.client().sql("select max(id) from video_failures").query(Long.class).single();
  }

  @Test
  void theReportOfTheExampleIsThatOfTheContractByteForByte() {
    rows.example();

    CommandRun run = run("failures", "report");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            === Video Processing Failure Report ===
            Period: Last 7 days

            Summary:
              Total Failures: 23
              Resolved: 8
              Unresolved: 15
              Resolution Rate: 34.8%

            Failures by Stage:
              encoding: 12 total (8 unresolved)
              analysis: 7 total (5 unresolved)
              crf_search: 4 total (2 unresolved)

            Most Common Failure Patterns:
              encoding/resource_exhaustion (EXIT_137): 8 occurrences
                Sample: Process killed by system (likely OOM)
              analysis/file_access (FILE_ACCESS): 5 occurrences
                Sample: File access failed: Permission denied

            Recommendations:
              [HIGH] Resource Exhaustion Issues
                8 failures indicate system resource problems
                Action: Monitor memory usage and consider increasing system resources
            """);
  }

  @Test
  void aReportWithoutFailuresHasNoSections() {
    assertThat(run("failures", "report", "--days", "1"))
        .isEqualTo(
            new CommandRun(
                0,
                """
                === Video Processing Failure Report ===
                Period: Last 1 day

                Summary:
                  Total Failures: 0
                  Resolved: 0
                  Unresolved: 0
                  Resolution Rate: 0.0%
                """,
                ""));
  }

  @Test
  void theReportInJsonHasTheKeysThatOtherProgramsRead() throws IOException {
    rows.example();

    JsonNode report = run("failures", "report", "--format", "json", "--limit", "3").json();

    assertThat(keys(report))
        .containsExactly(
            "summary",
            "by_stage",
            "by_category",
            "common_patterns",
            "recent_failures",
            "resolution_rate",
            "recommendations",
            "details");
    assertThat(keys(report.get("summary")))
        .containsExactly(
            "total_failures",
            "resolved_failures",
            "unresolved_failures",
            "resolution_rate_percent",
            "period_days");
    assertThat(keys(report.at("/by_stage/0")))
        .containsExactly(
            "stage", "total_count", "resolved_count", "unresolved_count", "categories");
    assertThat(keys(report.at("/by_stage/0/categories/0")))
        .containsExactly("category", "count", "resolved_count");
    assertThat(keys(report.at("/by_category/0")))
        .containsExactly("category", "total_count", "resolved_count", "unresolved_count", "stages");
    assertThat(keys(report.at("/common_patterns/0")))
        .containsExactly(
            "stage", "category", "code", "count", "latest_occurrence", "sample_message");
    assertThat(report.get("recent_failures")).hasSize(3);
    assertThat(keys(report.at("/recent_failures/0")))
        .containsExactly(
            "id",
            "video_id",
            "video_path",
            "stage",
            "category",
            "code",
            "message",
            "retry_count",
            "occurred_at",
            "context");
    assertThat(report.get("resolution_rate").asDouble()).isEqualTo(34.8);
    assertThat(keys(report.at("/recommendations/0")))
        .containsExactly("priority", "category", "title", "description", "action");
  }

  @Test
  void withoutFailuresTheRateIsNullInJson() throws IOException {
    JsonNode report = run("failures", "report", "--format", "json").json();

    assertThat(report.get("resolution_rate").isNull()).isTrue();
    assertThat(report.at("/summary/resolution_rate_percent").asDouble()).isZero();
    assertThat(report.get("recommendations")).isEmpty();
  }

  @Test
  void detailsAndColoursAreOnlyThereWhereTheyAreWanted() {
    rows.example();

    assertThat(run("failures", "report").out()).doesNotContain("Trend", "\u001b");
    assertThat(run("failures", "report", "--details").out())
        .contains(
            "Trend:", "  23 failures, 0 in the period before", "[LOW] FILE_ACCESS in analysis");
    assertThat(
            FailureReportText.of(
                new FailureReporting(database).generateFailureReport(), false, true))
        .contains("  \u001b[31m[HIGH]\u001b[39m\u001b[0m Resource Exhaustion Issues");
  }

  @Test
  void theOverviewNamesWhatIsNewest() throws IOException {
    rows.example();

    JsonNode overview = run("failures", "overview", "--format", "json").json();

    assertThat(keys(overview))
        .containsExactly(
            "total_failures",
            "unresolved_failures",
            "stages_affected",
            "most_recent",
            "requires_attention");
    assertThat(overview.get("stages_affected").asInt()).isEqualTo(3);
    assertThat(overview.get("most_recent")).hasSize(5);
    assertThat(run("failures", "overview").out())
        .startsWith("Last 1 day: 23 failures in 3 stages, 15 unresolved: look at them\n");
  }

  @Test
  void criticalFailuresComeWithTheirSeverity() throws IOException {
    rows.example();
    killedInTheMiddle();

    JsonNode critical = run("failures", "critical", "--format", "json").json();

    assertThat(critical).hasSize(10);
    assertThat(keys(critical.get(0)))
        .containsExactly(
            "id",
            "video_id",
            "video_path",
            "stage",
            "category",
            "code",
            "message",
            "occurred_at",
            "severity");
    assertThat(critical.get(0).get("video_path").asText()).isEqualTo("/films/it's\na.mkv");
    assertThat(critical.get(0).get("severity").asText()).isEqualTo("high");
    assertThat(run("failures", "critical").out())
        .contains("/films/it's\\na.mkv: Process killed by system (likely OOM)");
  }

  @Test
  void theStatusSaysHowManyThereAre() {
    rows.example();

    assertThat(run("status").out())
        .contains(
            "CRITICAL    9 failures, since yesterday or still standing:"
                + " ./reencodarr failures critical\n");
    run("failures", "resolve", "--all");
    assertThat(run("status").out()).doesNotContain("CRITICAL");
  }

  @Test
  void whatStandsSinceBeforeIsToldWithoutAnythingNew() {
    killedInTheMiddle();
    database
        .client()
        .sql("update video_failures set inserted_at = now() - interval '8 days'")
        .update();
    assertThat(run("failures", "overview").out())
        .isEqualTo("Last 1 day: 0 failures in 0 stages, 0 unresolved\n");

    database.client().sql("update videos set state = 'waiting'").update();

    assertThat(run("failures", "overview").out())
        .isEqualTo(
            "Last 1 day: 0 failures in 0 stages, 0 unresolved;"
                + " something stands since before: ./reencodarr failures critical\n");
    assertThat(run("status").out()).contains("CRITICAL    1 failure,");
    assertThat(run("failures", "critical").out()).contains("Process killed by system");
  }

  @Test
  void aFailureIsShownWithItsCommandLineReadyToPaste() throws Exception {
    long id = killedInTheMiddle();

    String shown = run("failures", "show", Long.toString(id)).out();

    assertThat(shown)
        .contains("what to do        Give the machine more memory", "host              box")
        .contains("last lines of the output:\n  frame 1\n  Killed\n");
    String line =
        shown.lines().dropWhile(each -> !each.equals("command line:")).skip(1).findFirst().get();
    Process bash =
        new ProcessBuilder("bash", "-c", "set -- " + line + "; printf '%s\\0' \"$@\"").start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0"))
        .containsExactly("/usr/bin/ab-av1", "encode", "/films/it's\na.mkv", "a b", "it's");
    JsonNode failure = run("failures", "show", Long.toString(id), "--format", "json").json();
    assertThat(failure.get("advice").asText()).isNotBlank();
    assertThat(failure.get("final").asBoolean()).isTrue();
  }

  @Test
  void theEndOfTheLogIsShownWhereItCanBeRead() throws IOException {
    long id = killedInTheMiddle();
    Path log = folder.resolve("attempt.log");
    Files.writeString(
        log,
        "first\n" + "middle\n".repeat(30) + "encoding 1%\rencoding 2%\napi_key=hunter2\nlast\n");
    logOf(thisHost(), log);

    assertThat(run("failures", "show", Long.toString(id)).out())
        .contains("last lines of the log:\n  middle\n", "  encoding 2%\n  api_key=***\n  last\n")
        .doesNotContain("first", "hunter2");
  }

  @Test
  void anotherMachinesLogIsNotTakenForOneOfThisMachineOfTheSameName() throws IOException {
    long id = killedInTheMiddle();
    Path ours = Files.writeString(folder.resolve("job-1.log"), "of another encode\n");
    logOf("box", ours);

    assertThat(run("failures", "show", Long.toString(id)).out())
        .contains("log               " + ours + " (on host box)\n")
        .contains("last lines of the output:\n  frame 1\n  Killed\n")
        .doesNotContain("of another encode");
  }

  private String thisHost() {
    return SettingsFile.read(folder.resolve("home"), Map.of()).settings().place().host();
  }

  private void logOf(String host, Path log) {
    database
        .client()
        .sql(
            "update video_failures set system_context = system_context"
                + " || jsonb_build_object('log', :log::text, 'host', :host::text)")
        .param("log", log.toString())
        .param("host", host)
        .update();
  }

  @Test
  void resolvingByHandChangesTheRateAndSaysWhatWasResolvedAlready() {
    rows.example();
    long first =
        database
            .client()
            .sql("select min(id) from video_failures where not resolved")
            .query(Long.class)
            .single();

    assertThat(run("failures", "resolve", Long.toString(first)).out())
        .isEqualTo("1 failure resolved\n");
    CommandRun again = run("failures", "resolve", Long.toString(first));
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).contains("failure " + first + " is resolved already");

    assertThat(run("failures", "resolve", "--stage", "analysis").out())
        .isEqualTo("5 failures resolved\n");
    assertThat(run("failures", "report").out())
        .contains("  Unresolved: 9", "  analysis: 7 total (0 unresolved)");
    assertThat(run("failures", "resolve", "--all").out()).isEqualTo("9 failures resolved\n");
    assertThat(run("failures", "report").out()).contains("  Resolution Rate: 100.0%");
  }

  @Test
  void anUnknownIdResolvesNothingOfWhatWasTypedWithIt() {
    rows.row(
        FailureStage.ANALYSIS,
        FailureCategory.FILE_ACCESS,
        "FILE_ACCESS",
        "x",
        false,
        Duration.ofHours(1));
    long id = database.client().sql("select id from video_failures").query(Long.class).single();

    CommandRun run = run("failures", "resolve", Long.toString(id), "4711");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no failure 4711");
    assertThat(run("failures", "report").out()).contains("  Unresolved: 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --format xml",
        "report --days -1",
        "report --days 0",
        "report --days 99999999999",
        "report --days x",
        "report --limit 0",
        "overview --days -7",
        "critical --days 40000",
        "show 4711",
        "show x",
        "show",
        "resolve",
        "resolve --stage nowhere",
        "resolve 1 --all",
        "resolve x",
        ""
      })
  void whatCannotBeDoneIsRefusedAsBadUsage(String typed) {
    List<String> words = new ArrayList<>(List.of("failures"));
    words.addAll(typed.isEmpty() ? List.of() : List.of(typed.split(" ")));

    CommandRun run = run(words.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotBlank();
  }
}
