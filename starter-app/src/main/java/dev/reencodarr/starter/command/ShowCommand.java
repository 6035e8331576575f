package dev.reencodarr.starter.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.starter.view.BrokenSourceView;
import dev.reencodarr.starter.view.BrokenText;
import dev.reencodarr.starter.view.FailureView;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.KnownSearch;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.SearchText;
import dev.reencodarr.starter.view.SearchView;
import dev.reencodarr.starter.view.VideoView;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything known about one video. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows everything known about one video.")
final class ShowCommand implements Callable<Integer> {

  private static final int FAILURES = 5;

  private final Surroundings surroundings;

  @Parameters(paramLabel = "VIDEO", description = "Its id or path.")
  private String typed = "";

  @Mixin private FormatOption format = new FormatOption();

  ShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Everything known of a video in JSON: beside it what failed, and what its search did. */
  private record KnownView(
      @JsonUnwrapped VideoView video,
      List<FailureView> failures,
      List<FileTellingRepository.Latest> told,
      Optional<BrokenSourceView> broken,
      Optional<SearchView> search) {}

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      Video video = new VideoLookup(database, surroundings.workingFolder()).require(typed);
      List<FailureRow> failures = new FailureRepository(database).latest(video.id(), FAILURES);
      List<FileTellingRepository.Latest> told =
          new FileTellingRepository(database).latest(video.id());
      Optional<BrokenSource> broken = new BrokenSourceRepository(database).latest(video.id());
      Optional<KnownSearch> search =
          new SearchLookup(database, connections.settings().quality()).latest(video);
      if (format.isJson()) {
        surroundings
            .out()
            .println(
                Json.of(
                    new KnownView(
                        VideoView.of(video),
                        failures.stream().map(FailureView::of).toList(),
                        told,
                        broken.map(BrokenSourceView::of),
                        search.map(SearchView::of))));
      } else {
        print(video);
        failures.forEach(this::print);
        told.forEach(this::print);
        broken.ifPresent(this::print);
        new ReplacementRepository(database).latestCommitted(video.id()).ifPresent(this::print);
        if (video.state().isWork()) {
          connections
              .temporalIfThere()
              .ifPresent(temporal -> line("now", new WorkInProgress(temporal).of(video).line()));
        }
        Settings.Connections addresses = connections.settings().connections();
        addresses
            .temporalUi()
            .filter(ui -> hasBeenWorkedOn(video))
            .ifPresent(ui ->
                line(
                    "in Temporal",
                    ui
                        + "/namespaces/"
                        + addresses.temporalNamespace()
                        + "/workflows/"
                        + WorkflowIds.video(video.id()).replace("/", "%2F")));
        search.map(SearchText::new).ifPresent(this::print);
      }
    }
    return ExitCode.DONE.code();
  }

  /** Without a run there is nothing of it in Temporal. */
  private static boolean hasBeenWorkedOn(Video video) {
    return video.state() != VideoState.FOUND || video.output().isPresent();
  }

  private void print(Video video) {
    line("path", video.path().value());
    line("id", video.id().toString());
    line("library", video.libraryName());
    line("state", video.state().code());
    video.skipReason().map(SkipReason::explanation).ifPresent(why -> line("left alone", why));
    video.failureCode().ifPresent(code -> line("failure", code));
    if (!video.detail().isEmpty()) {
      line("detail", video.detail());
    }
    video.decision().ifPresent(decision -> line("decided", decision));
    line("size", Figures.bytes(video.size()));
    line("video", media(video.media()));
    video.encode().ifPresent(encode -> line("encode", encode(encode)));
    video.encode().ifPresent(this::printCheck);
    if (video.originalSize().isPresent()) {
      long before = video.originalSize().getAsLong();
      line(
          "original",
          Figures.bytes(before) + ", saved " + Figures.savedPercent(before, video.size()));
    }
    video
        .output()
        .ifPresent(output -> line("result", output.path() + ", " + Figures.bytes(output.size())));
    video.missingSince().ifPresent(since -> line("missing since", since.toString()));
  }

  private void print(Replacement replacement) {
    if (replacement.quarantined()) {
      line(
          replacement.state() == ReplacementState.DONE ? "original is in" : "result is in",
          replacement.quarantine().value());
    }
    replacement.restoredTo().ifPresent(place -> line("original put to", place.value()));
    replacement.acceptedAt().ifPresent(when -> line("original let go", when.toString()));
    replacement.warnings().forEach(warning -> line("warning", warning));
  }

  private void print(FailureRow failure) {
    line(
        failure.resolvedAt().isPresent() ? "failure" : "FAILURE",
        failure.insertedAt()
            + " "
            + failure.stage().code()
            + " "
            + failure.code()
            + ": "
            + failure.message()
            + (failure.resolvedAt().isPresent() ? " (resolved)" : ""));
  }

  private void print(FileTellingRepository.Latest telling) {
    String standing =
        telling.told()
            ? "knows it as it is"
            : "is still to be told"
                + (telling.problem().isEmpty() ? "" : ": " + Printable.of(telling.problem()));
    line(telling.connection(), standing);
    if (!telling.warning().isEmpty()) {
      line("warning", telling.connection() + ": " + Printable.of(telling.warning()));
    }
  }

  private void print(BrokenSource source) {
    line("broken", source.problem());
    line("another copy", new BrokenText(source).standing());
    source.kept().ifPresent(kept -> line("broken one is in", kept.value()));
  }

  private void print(SearchText search) {
    search.lines().forEach(line -> line(line.name(), line.value()));
    search.curves().forEach(surroundings.out()::println);
  }

  private static String media(Video.Media media) {
    if (media.codec().isEmpty()) {
      return "not analysed yet";
    }
    return media.codec().get()
        + ", "
        + media.width().orElse(0)
        + "x"
        + media.height().orElse(0)
        + ", "
        + Figures.clock(media.durationSeconds().orElse(0))
        + media.hdr().map(hdr -> ", " + hdr).orElse("");
  }

  private static String encode(Video.EncodeFigures encode) {
    return encode.encoder()
        + " preset "
        + preset(encode)
        + ", CRF "
        + PlainNumber.text(encode.crf())
        + ", "
        + encode.scoreInWords()
        + " (target "
        + PlainNumber.text(encode.vmafTarget())
        + "), "
        + encode.probesInWords()
        + " probes"
        + ", "
        + Figures.decimal(encode.seconds(), 0)
        + " s";
  }

  /** In the encoder's own word. */
  private static String preset(Video.EncodeFigures encode) {
    return Encoder.named(encode.encoder())
        .map(encoder -> encoder.presets().name(encode.preset()))
        .orElseGet(() -> Integer.toString(encode.preset()));
  }

  /** Where results are checked: what the result itself has come to. */
  private void printCheck(Video.EncodeFigures encode) {
    if (encode.checkedScore().isPresent()) {
      line(
          "checked",
          checked(encode.checkedBy())
              + " "
              + encode.metric().text(encode.checkedScore().getAsDouble(), 2));
    }
    if (encode.unscaledScore().isPresent()) {
      line(
          "made smaller",
          "beside its source in its own size the result scores "
              + encode.metric().text(encode.unscaledScore().getAsDouble(), 2));
    }
    if (encode.correctedFrom().isPresent()) {
      line(
          "encoded again",
          "the first result, with CRF "
              + PlainNumber.text(encode.correctedFrom().getAsDouble())
              + (encode.firstScore().isPresent()
                  ? ", scored " + encode.metric().text(encode.firstScore().getAsDouble(), 2)
                  : ", was not good enough"));
    }
  }

  private static String checked(ResultCheck by) {
    return switch (by) {
      case OFF -> "the result scores";
      case SEGMENTS -> "segments of the result score";
      case WHOLE -> "the whole result scores";
    };
  }

  private void line(String name, String value) {
    surroundings.out().println(String.format("%-16s", name) + Printable.of(value));
  }
}
