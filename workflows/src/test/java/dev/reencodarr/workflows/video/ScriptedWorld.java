package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Fault;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.OnBrokenSource;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.SizeLimit;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Delivered;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.StageActivities;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.VerifyActivities;
import dev.reencodarr.workflows.replace.VerifyRequest;
import dev.reencodarr.workflows.search.Belief;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The world of one video as a script: every step succeeds unless the script says otherwise for its
 * next run. Failures are scripted, outcomes are computed like the real ones (a curve, not a list).
 */
final class ScriptedWorld
    implements VideoActivities,
        FailureActivities,
        AnalysisActivities,
        SearchPointActivities,
        ProbeActivities,
        EncodeActivities,
        VerifyActivities,
        StageActivities,
        ReplaceActivities,
        RoomActivities,
        MachineActivities,
        EncoderTurnActivities,
        StandingFailureActivities {

  static final String HOST = Fault.HOST;
  static final MediaPath SOURCE = new MediaPath("/tv/Show/episode.mkv");
  static final long SIZE = 1_000_000_000;
  static final SourceIdentity IDENTITY =
      new SourceIdentity(SIZE, Instant.parse("2026-01-01T00:00:00Z"), "abc");

  /** What happened, in order: one word a step. */
  final Queue<String> log = new ConcurrentLinkedQueue<>();

  final Queue<FailureRecord> failures = new ConcurrentLinkedQueue<>();
  final Queue<ProbeRequest> probes = new ConcurrentLinkedQueue<>();
  final Queue<EncodeRequest> encodes = new ConcurrentLinkedQueue<>();
  final Queue<StateChange> states = new ConcurrentLinkedQueue<>();
  final Queue<SearchRecord> searches = new ConcurrentLinkedQueue<>();
  final Queue<VideoEnd> ends = new ConcurrentLinkedQueue<>();

  volatile Claim claim =
      new Claim.Proceed(SOURCE, new MediaPath("/tv"), "tv", "z", QualitySettings.defaults());

  /** What rules make of the settings when they are asked. */
  volatile UnaryOperator<QualitySettings> rules = settings -> settings;

  /** Why a rule leaves the file alone; empty: none does. */
  volatile Optional<Planned.Skip> ruledOut = Optional.empty();

  /** VMAF by CRF; the size falls by half every twelve CRF, from 100 % at the given CRF. */
  volatile Function<Double, Double> score = crf -> 100 - 0.15 * Math.max(0, crf - 5);

  volatile double sameSizeCrf = 10;

  /** Workers that could take further probes. */
  volatile int idle = 0;

  /** What other videos teach; empty: nothing. */
  volatile Optional<Belief> taught = Optional.empty();

  /** What happens to a probe before it measures. */
  volatile Consumer<ProbeRequest> beforeProbe = request -> {};

  /** What the disk knows of the video, though the database does not. */
  volatile Optional<Analysis.Settled> settled = Optional.empty();

  /** What is found of the file, unless the disk has settled it. */
  volatile Analysis analysis = new Analysis.Analysed(new FileFacts(IDENTITY, 1, false), facts());

  /** What the next verifications say, before that. */
  final Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();

  volatile Verdict verdict = new Verdict.Verified("sum", SIZE / 2, 95);

  /** The machines at work. */
  volatile List<String> hosts = List.of(HOST);

  /** How often the source turns out to be another when it is encoded. */
  final AtomicInteger changes = new AtomicInteger();

  /** How often it turns out to be another only when it is to be replaced. */
  final AtomicInteger lateChanges = new AtomicInteger();

  /** How often a mount turns out to be unable to keep the original. */
  final AtomicInteger notPossible = new AtomicInteger();

  /** What a swap came to, by its attempt: asked again, it says the same. */
  final Map<String, SwapOutcome> swaps = new ConcurrentHashMap<>();

  /** The failures that stand, by subject. */
  final Map<String, StandingFailure> standing = new ConcurrentHashMap<>();

  /** What is said of room, the first first; then there is room for everything. */
  final Queue<Room> rooms = new ConcurrentLinkedQueue<>();

  /** The points that were ever measured, by setting. */
  final Map<String, List<SearchPoint>> memory = new ConcurrentHashMap<>();

  /** What the machines of the zone offer. */
  volatile List<Encoder> offered = List.of(Encoder.LIBSVTAV1);

  /** What is paused; null where nothing is. */
  final AtomicReference<@Nullable PausedBy> paused = new AtomicReference<>();

  /** Where the encode is frozen while the video is paused; empty where it has not begun. */
  volatile String frozenOn = "";

  /** What is held for a review. */
  final ScriptedReviews reviews = new ScriptedReviews(this::happens);

  /** What samples are made. */
  final ScriptedSamples samples = new ScriptedSamples(this::happens);

  private final Map<String, Deque<Runnable>> scripts = new ConcurrentHashMap<>();

  /** What ends its ladder. */
  void ladderEnds(SizeLimit limit, LadderEnd overIt, LadderEnd notFound) {
    QualitySettings usual = QualitySettings.defaults();
    claim =
        new Claim.Proceed(
            SOURCE,
            new MediaPath("/tv"),
            "tv",
            "z",
            new QualitySettings(
                usual.goal(),
                usual.target(),
                usual.band(),
                usual.crfStep(),
                usual.minCrf(),
                usual.maxCrf(),
                usual.presets(),
                usual.lowerTarget(),
                usual.leastSavingPredicted(),
                usual.leastSavingResult(),
                usual.scoring(),
                limit,
                overIt,
                notFound,
                usual.xpsnrTarget(),
                usual.samples(),
                usual.pool(),
                usual.check(),
                usual.treatment(),
                usual.hardLinks(),
                usual.review(),
                OnBrokenSource.KEEP,
                usual.hardware()));
  }

  /** As if the settings had results checked. */
  void checks(ResultCheck check) {
    Claim.Proceed usual = (Claim.Proceed) claim;
    claim =
        new Claim.Proceed(
            usual.source(),
            usual.libraryRoot(),
            usual.libraryName(),
            usual.zone(),
            usual.quality().with(check));
  }

  /** Serves every queue of the videos of zone z, and starts. */
  void startIn(TestWorkflowEnvironment environment) {
    startIn(environment, Encoder.LIBSVTAV1);
  }

  /** The same, with these encoders. */
  void startIn(TestWorkflowEnvironment environment, Encoder... served) {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(VideoWorkflowImpl.class, SampleWorkflowImpl.class);
    control.registerActivitiesImplementations(this, reviews, samples);
    WorkerOptions prompt =
        WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofMillis(100)).build();
    for (String queue :
        List.of(TaskQueues.analyse("z"), TaskQueues.files("z"), TaskQueues.host(HOST))) {
      environment
          .newWorker(queue, prompt)
          .registerActivitiesImplementations(this, reviews, samples);
    }
    for (Encoder encoder : served) {
      for (String queue :
          List.of(TaskQueues.search(encoder, "z"), TaskQueues.encode(encoder, "z"))) {
        environment
            .newWorker(queue, prompt)
            .registerActivitiesImplementations(this, reviews, samples);
      }
    }
    environment.start();
  }

  /** Before the step's next runs, one after the other, this happens; usually it throws. */
  ScriptedWorld next(String step, Runnable... happenings) {
    scripts.computeIfAbsent(step, key -> new ArrayDeque<>()).addAll(List.of(happenings));
    return this;
  }

  private void happens(String step) {
    log.add(step);
    follow(step);
  }

  /** A step that is not worth a word. */
  private void follow(String step) {
    Runnable happening;
    synchronized (this) {
      Deque<Runnable> script = scripts.getOrDefault(step, new ArrayDeque<>());
      happening = script.isEmpty() ? () -> {} : script.removeFirst();
    }
    happening.run();
  }

  long count(String step) {
    return log.stream().filter(step::equals).count();
  }

  @Override
  public Claim claim(VideoOrder order, RunKey run) {
    happens("claim");
    return claim;
  }

  @Override
  public Planned plan(VideoOrder order, RunKey run, MediaPath source, Analysis.Analysed facts) {
    happens("plan");
    QualitySettings settings = rules.apply(((Claim.Proceed) claim).quality());
    return ruledOut
        .<Planned>map(skip -> skip)
        .orElseGet(() -> EncodePlanner.plan(source, facts.file(), facts.media(), settings));
  }

  @Override
  public @Nullable PausedBy enter(StateChange change) {
    follow("enter");
    states.add(change);
    return paused.get();
  }

  @Override
  public void pause(VideoId video, boolean freezes) {
    happens("pause");
    paused.set(PausedBy.VIDEO);
  }

  @Override
  public void resume(VideoId video) {
    happens("resume");
    paused.set(null);
  }

  @Override
  public void finish(VideoOrder order, RunKey run, VideoEnd end) {
    happens("finish");
    ends.add(end);
  }

  @Override
  public void record(FailureRecord failure) {
    // As in the table: a row that is written twice is one.
    if (!failures.contains(failure)) {
      failures.add(failure);
    }
    happens("record");
  }

  @Override
  public void resolveStage(VideoId video, FailureStage stage) {
    happens("resolve " + stage.code());
  }

  @Override
  public Analysis analyse(VideoId video, MediaPath path) {
    happens("analyse");
    if (settled.isPresent()) {
      return settled.get();
    }
    return analysis;
  }

  @Override
  public boolean exists(MediaPath path) {
    happens("exists");
    return false;
  }

  static MediaFacts facts() {
    MediaStream.Video film =
        new MediaStream.Video(
            0,
            "h264",
            "High",
            1920,
            1080,
            0,
            "yuv420p",
            24,
            24,
            "progressive",
            1200,
            28_800,
            HdrKind.SDR,
            Map.of(),
            Map.of(),
            List.of("default"));
    return new MediaFacts("matroska,webm", 0, 1200, SIZE, List.of(film), 0, Map.of());
  }

  @Override
  public List<SearchPoint> known(SourceIdentity identity, ProbeSetting setting) {
    return List.copyOf(memory.getOrDefault(setting.key(), List.of()));
  }

  @Override
  public int idleSlots(Encoder encoder, String zone) {
    return idle;
  }

  @Override
  public Seed seed(SeedRequest request) {
    return taught
        .map(belief -> new Seed(Seed.Origin.SEASON, 3, List.of("a", "b", "c"), belief))
        .orElseGet(() -> Seed.prior(request.setting().scoring().metric()));
  }

  @Override
  public void searched(SearchRecord search) {
    follow("searched");
    searches.add(search);
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    probes.add(request);
    happens("probe");
    beforeProbe.accept(request);
    if (paused.get() != null) {
      return new ProbeOutcome.Paused();
    }
    double crf = request.crf();
    double percent = 100 * Math.pow(0.5, (crf - sameSizeCrf) / 12);
    SearchPoint point =
        new SearchPoint(crf, score.apply(crf), percent, Math.round(SIZE * percent / 100), 60);
    memory.computeIfAbsent(request.setting().key(), key -> new CopyOnWriteArrayList<>()).add(point);
    return new ProbeOutcome.Measured(point, 1);
  }

  @Override
  public EncodeOutcome encode(EncodeRequest request) {
    encodes.add(request);
    happens("encode");
    if (paused.get() != null) {
      return new EncodeOutcome.Paused(frozenOn);
    }
    if (changes.getAndDecrement() > 0) {
      return new EncodeOutcome.SourceChanged("somebody writes it");
    }
    return new EncodeOutcome.Encoded(
        "job", HOST, new MediaPath("/work/jobs/job/result.mkv"), SIZE / 2, 28_800, 60, 1);
  }

  @Override
  public void discard(VideoId video) {
    happens("discard");
  }

  @Override
  public Verdict verify(VerifyRequest request) {
    happens("verify");
    Verdict next = verdicts.poll();
    return next == null ? verdict : next;
  }

  @Override
  public StagedResult stage(StageRequest request) {
    happens("stage");
    return new StagedResult(new MediaPath("/tv/.reencodarr/stage/x.mkv"), "sum", SIZE / 2);
  }

  @Override
  public Delivered deliver(StageRequest request, MediaPath destination) {
    happens("deliver");
    return new Delivered.To(destination, SIZE / 2);
  }

  @Override
  public SwapOutcome swap(SwapRequest request) {
    happens("swap");
    return swaps.computeIfAbsent(request.attempt(), attempt -> swapped(request));
  }

  private SwapOutcome swapped(SwapRequest request) {
    if (notPossible.getAndDecrement() > 0) {
      return new SwapOutcome.NotPossible("replacing: the copy cannot keep its time");
    }
    if (lateChanges.getAndDecrement() > 0) {
      return new SwapOutcome.SourceChanged("somebody writes it");
    }
    return new SwapOutcome.Replaced(
        UUID.fromString("00000000-0000-0000-0000-000000000001"),
        request.targetPath(),
        IDENTITY,
        SIZE,
        SIZE / 2,
        new MediaPath("/tv/.reencodarr/quarantine/1"),
        0);
  }

  @Override
  public void tell(String run, List<StandingFailure> failing, List<String> working) {
    working.forEach(standing::remove);
    failing.forEach(failure -> standing.put(failure.subject(), failure));
  }

  @Override
  public List<String> hosts() {
    return hosts;
  }

  @Override
  public List<Encoder> offered(String zone) {
    happens("offered");
    return offered;
  }

  @Override
  public String turn(VideoId video, Encoder encoder) {
    happens("turn " + encoder.ffmpegName());
    return HOST;
  }

  /** What becomes of the replacements that were left unfinished, by their ids. */
  final Map<UUID, Settled> left = new ConcurrentHashMap<>();

  /** These are left unfinished. */
  void isLeft(UUID... replacements) {
    claim =
        new Claim.Proceed(
            SOURCE,
            new MediaPath("/tv"),
            "tv",
            "z",
            QualitySettings.defaults(),
            List.of(replacements),
            false);
  }

  @Override
  public Settled settle(VideoId video, String attempt, UUID replacement) {
    happens("settle");
    return left.getOrDefault(replacement, new Settled.GivenUp("the source is another"));
  }

  @Override
  public UndoOutcome undo(VideoId video, String attempt) {
    happens("undo");
    return new UndoOutcome.Undone(SOURCE, IDENTITY);
  }

  @Override
  public RestoreOutcome restore(VideoId video, String attempt, MediaPath place) {
    happens("restore");
    return new RestoreOutcome.Restored(place);
  }

  @Override
  public Accepted accept(VideoId video, String attempt, Acceptance acceptance) {
    happens("accept");
    return new Accepted(1, SIZE, List.of());
  }

  @Override
  public RestoreOutcome restoreOrphan(UUID replacement, MediaPath place) {
    happens("restore orphan");
    return new RestoreOutcome.Restored(place);
  }

  @Override
  public Accepted acceptOrphan(UUID replacement, Acceptance acceptance) {
    happens("accept orphan");
    return new Accepted(1, SIZE, List.of());
  }

  @Override
  public Room reserve(RoomRequest request) {
    happens("reserve");
    return rooms.isEmpty() ? new Room.Reserved(SIZE) : rooms.remove();
  }
}
