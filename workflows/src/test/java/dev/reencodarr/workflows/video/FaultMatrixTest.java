package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Fault;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.SizeLimit;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of the matrix in {@code docs/failures.md}, as a video's workflow lives it. */
@Timeout(60)
class FaultMatrixTest {

  /** How a fault goes on, by what is decided each time. */
  private static final Map<String, List<String>> DECISIONS =
      Map.ofEntries(
          Map.entry("no failure", List.of()),
          Map.entry("give up", List.of("give up")),
          Map.entry(
              "retry 3 times, then give up",
              List.of("retry after 60 s", "retry after 300 s", "retry after 900 s", "give up")),
          Map.entry(
              "half the threads, then give up", List.of("half the threads after 60 s", "give up")),
          Map.entry(
              "wait",
              List.of("wait 60 s", "wait 120 s", "wait 300 s", "park, look again after 600 s")),
          Map.entry(
              "wait for the infrastructure",
              List.of("wait 10 s", "wait 20 s", "wait 40 s", "wait 80 s", "wait 160 s")),
          Map.entry(
              "take over", List.of("take over", "take over after 10 s", "take over after 30 s")),
          Map.entry(
              "take over twice, then park", List.of("take over", "take over after 10 s", "park")),
          Map.entry("next rung, twice", List.of("next rung", "next rung")),
          Map.entry(
              "next rung, thrice, then give up",
              List.of("next rung", "next rung", "next rung", "give up")),
          Map.entry(
              "encode again, twice, then give up",
              List.of("encode again", "encode again", "give up")),
          Map.entry("leave it to the sweep", List.of("leave it to the sweep")));

  private static final Pattern SECONDS = Pattern.compile("(\\d+) s$");
  private static final Pattern TEST = Pattern.compile("(\\w+Test)\\.(\\w+)");

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId video = new VideoId(UUID.randomUUID());

  @BeforeEach
  void start() {
    world.startIn(environment);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  static List<Fault> faultsOfVideos() {
    return Fault.matrix().stream().filter(Fault::isMetByAVideo).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfVideos")
  void leavesItsRowsAndEndsAsTheMatrixSays(Fault fault) {
    List<String> decisions =
        Objects.requireNonNull(DECISIONS.get(fault.reaction()), fault.reaction());
    happens(fault, decisions.size());
    WorkflowStub run = started();

    comesToItsEnd(run, fault);

    assertThat(world.failures).extracting(FailureRecord::decided).isEqualTo(decisions);
    rowsAre(fault);
    if (!fault.isOutcome()) {
      triesAre(fault, decisions.size());
      pausesAre(decisions);
    }
    if (fault.end().equals("encoded")) {
      assertThat(world.swaps.values()).singleElement().isInstanceOf(SwapOutcome.Replaced.class);
    } else {
      assertThat(world.swaps.values()).as("the original stays where it lies").isEmpty();
      long refused = fault.step().equals("swap") ? decisions.size() : 0;
      assertThat(world.count("swap")).as("swaps that were tried").isEqualTo(refused);
    }
    if (fault.end().equals("waiting")) {
      run.cancel();
    }
  }

  private void rowsAre(Fault fault) {
    List<FailureRecord> rows = List.copyOf(world.failures);
    if (rows.isEmpty()) {
      return;
    }
    assertThat(verdict(rows.getLast().classification())).isEqualTo(fault.row());
    assertThat(rows.getLast().classification().message()).startsWith(fault.message());
    boolean ends = !fault.end().equals("encoded");
    assertThat(rows.subList(0, rows.size() - 1)).noneMatch(FailureRecord::isFinal);
    assertThat(rows.getLast().isFinal()).isEqualTo(ends);
    if (!fault.isOutcome()) {
      assertThat(rows).extracting(row -> verdict(row.classification())).containsOnly(fault.row());
      assertThat(rows)
          .extracting(FailureRecord::retryCount)
          .isEqualTo(IntStream.range(0, rows.size()).boxed().toList());
    }
    FailureStage stage = rows.getLast().classification().stage();
    if (!ends && !fault.step().equals("discard")) {
      assertThat(world.log).as("resolved by success").contains("resolve " + stage.code());
    }
  }

  private void triesAre(Fault fault, int failures) {
    boolean goesOn = fault.end().equals("encoded") && !fault.step().equals("discard");
    long once = fault.step().equals("probe") ? world.count("probe") - failures : goesOn ? 1 : 0;
    assertThat(world.count(fault.step())).as("tries").isEqualTo(failures + once);
  }

  /** The clock of the test skips further than that; the timers tell. */
  private void pausesAre(List<String> decisions) {
    List<Long> pauses =
        decisions.stream()
            .map(SECONDS::matcher)
            .filter(Matcher::find)
            .map(matcher -> Long.valueOf(matcher.group(1)))
            .toList();
    assertThat(
            environment
                .getWorkflowClient()
                .fetchHistory(WorkflowIds.video(video))
                .getEvents()
                .stream()
                .filter(HistoryEvent::hasTimerStartedEventAttributes)
                .map(event ->
                    event.getTimerStartedEventAttributes().getStartToFireTimeout().getSeconds()))
        .isEqualTo(pauses);
  }

  private static String verdict(Classification judged) {
    return judged.stage().code() + "/" + judged.category().code() + "/" + judged.code();
  }

  // --- the world ---------------------------------------------------------------------------------

  private void happens(Fault fault, int times) {
    switch (fault.seen()) {
      case "outcome vanished" -> world.analysis = new Analysis.Vanished();
      case "outcome audio only" ->
          world.analysis =
              new Analysis.Analysed(
                  new FileFacts(ScriptedWorld.IDENTITY, 1, false),
                  new MediaFacts(
                      "matroska,webm", 0, 1200, ScriptedWorld.SIZE, List.of(), 0, Map.of()));
      case "outcome two presets miss 95" -> {
        world.score = crf -> 94.3 - 0.1 * Math.max(0, crf - 5);
        world.sameSizeCrf = -20;
      }
      case "outcome no rung is reached" -> {
        world.score = crf -> 80 - 0.1 * Math.max(0, crf - 5);
        world.sameSizeCrf = -20;
        world.ladderEnds(SizeLimit.off(), LadderEnd.SKIP, LadderEnd.FAIL);
      }
      case "outcome every rung is too large" ->
          world.ladderEnds(
              new SizeLimit(SizeLimit.Unit.PERCENT, 8), LadderEnd.FAIL, LadderEnd.SKIP);
      case "outcome saves too little" ->
          world.verdict = new Verdict.SavesTooLittle(ScriptedWorld.SIZE);
      case "outcome result gone" ->
          world.verdict = new Verdict.ResultGone("/work/jobs/job/result.mkv is gone");
      case "outcome refused" ->
          world.verdict = new Verdict.Refused(Verdict.Check.DURATION, "18 s of 30 s");
      case "outcome source changed" -> world.changes.set(1);
      case "outcome no room" -> world.rooms.add(new Room.None("room in quarantine"));
      default -> world.next(fault.step(), failing(fault.evidence(), times));
    }
  }

  private static Runnable[] failing(Evidence evidence, int times) {
    Runnable fails =
        () -> {
          throw ApplicationFailure.newNonRetryableFailure(
              evidence.message(), evidence.kind().name(), evidence);
        };
    return Collections.nCopies(times, fails).toArray(Runnable[]::new);
  }

  private WorkflowStub started() {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Video",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.video(video))
                    .build());
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));
    return run;
  }

  private void comesToItsEnd(WorkflowStub run, Fault fault) {
    switch (fault.end()) {
      case "encoded" ->
          assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
      case "skipped" ->
          assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Skipped.class);
      case "failed" -> {
        assertThatExceptionOfType(WorkflowFailedException.class)
            .isThrownBy(() -> run.getResult(VideoEnd.class));
        assertThat(world.ends)
            .singleElement()
            .isInstanceOfSatisfying(
                VideoEnd.Failed.class,
                failed -> assertThat(verdict(failed.classification())).isEqualTo(fault.row()));
      }
      case "waiting" -> awaitParked();
      default -> throw new IllegalArgumentException(fault.end());
    }
  }

  private void awaitParked() {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (world.states.stream().noneMatch(change -> change.state() == VideoState.WAITING)) {
      assertThat(System.nanoTime()).as("it is parked").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  // --- the document ------------------------------------------------------------------------------

  @Test
  void theMatrixOfTheDocumentIsTheOneThatIsPlayed() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "failures.md"));
    String section = document.split("\n## Fault matrix\n", -1)[1].split("\n## ", -1)[0];

    assertThat(section.lines().filter(line -> line.startsWith("| ")).skip(1))
        .isEqualTo(Fault.matrix().stream().map(Fault::documented).toList());
    assertThat(Fault.matrix()).extracting(Fault::name).doesNotHaveDuplicates();
  }

  @Test
  void everyFaultNamesATestThatIsThere() throws IOException {
    Map<String, Path> tests = tests();
    for (Fault fault : Fault.matrix()) {
      assertThat(fault.realTest()).as(fault.name()).containsPattern(TEST);
      Matcher named = TEST.matcher(fault.realTest());
      while (named.find()) {
        assertThat(tests).as(fault.name()).containsKey(named.group(1));
        Path test = Objects.requireNonNull(tests.get(named.group(1)));
        assertThat(isTest(named.group(2), Files.readString(test)))
            .as("%s: %s is a test of %s", fault.name(), named.group(2), test)
            .isTrue();
        if (isHeldAgainstItsLine(fault, test)) {
          assertThat(test)
              .content()
              .as(fault.name())
              .containsPattern("(\"|\\| )" + Pattern.quote(fault.name()) + "[\"\n]");
        }
      }
    }
  }

  /** What is said of a method stands above it, up to the blank line that comes before. */
  private static boolean isTest(String method, String source) {
    int at = source.indexOf("\n  void " + method + "(");
    String above = at < 0 ? "" : source.substring(source.lastIndexOf("\n\n", at), at);
    return above.contains("\n  @Test") || above.contains("\n  @ParameterizedTest");
  }

  /**
   * Where the activity itself is called, or a step with all that the worker puts around it, the
   * evidence that is thrown is compared with that of the line. A remark in brackets says that the
   * test makes less, or something else, than the row.
   */
  private static boolean isHeldAgainstItsLine(Fault fault, Path test) {
    return (test.startsWith(Path.of("..", "activities")) || test.endsWith("StepsTest.java"))
        && fault.isMetByAVideo()
        && !fault.isOutcome()
        && !fault.realTest().endsWith(")");
  }

  private static Map<String, Path> tests() throws IOException {
    Pattern place = Pattern.compile("\\.\\./[\\w-]+/src/test/java/.*Test\\.java");
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> place.matcher(file.toString()).matches())
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, _) -> one));
    }
  }
}
