package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.video.HeldResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of an order, for people. */
public final class OutcomeReport {

  private static final String UNKNOWN = "?";

  /** So many and so large a part of an order is worth a loud word. */
  private static final int BULK = 10;

  private final List<RequestedVideo> videos;

  public OutcomeReport(List<RequestedVideo> videos) {
    this.videos = List.copyOf(videos);
  }

  /** The table, and the totals below it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!videos.isEmpty()) {
      lines.addAll(table().lines());
      lines.add("");
    }
    lines.add(totals());
    lines.addAll(bulk());
    lines.addAll(parkedLines());
    return lines;
  }

  private Table table() {
    Table table =
        new Table()
            .text("file")
            .text("codec")
            .figures("before")
            .figures("after")
            .figures("saved")
            .figures("CRF")
            .figures(metric())
            .figures("probes")
            .figures("seconds")
            .text("what came of it");
    videos.forEach(requested -> addRow(table, requested));
    return table;
  }

  /** The head of the scores. */
  private String metric() {
    Set<String> metrics = new TreeSet<>();
    for (RequestedVideo requested : videos) {
      requested.video().encode().ifPresent(encode -> metrics.add(encode.metric().text()));
    }
    return metrics.isEmpty() ? Metric.VMAF.text() : String.join("/", metrics);
  }

  private static void addRow(Table table, RequestedVideo requested) {
    Video video = requested.video();
    String name = Printable.shortened(Printable.of(video.path().fileName()), 48);
    Optional<Sizes> sizes = sizes(requested);
    String codec = video.media().codec().orElse(UNKNOWN);
    if (sizes.isEmpty()) {
      table.row(
          name, codec, Figures.bytes(video.size()), "", "", "", "", "", "", comment(requested));
      return;
    }
    Optional<Video.EncodeFigures> encode = video.encode();
    table.row(
        name,
        codecs(requested),
        Figures.bytes(sizes.get().before()),
        Figures.bytes(sizes.get().after()),
        Figures.savedPercent(sizes.get().before(), sizes.get().after()),
        encode.map(figures -> PlainNumber.text(figures.crf())).orElse(""),
        encode.map(figures -> Figures.decimal(figures.vmafScore(), 2)).orElse(""),
        encode.map(Video.EncodeFigures::probesInWords).orElse(""),
        encode.map(figures -> Figures.decimal(figures.seconds(), 0)).orElse(""),
        comment(requested));
  }

  private static String codecs(RequestedVideo requested) {
    Video video = requested.video();
    String before =
        requested.video().originalCodec().or(() -> video.media().codec()).orElse(UNKNOWN);
    String after =
        video
            .encode()
            .flatMap(figures -> Encoder.named(figures.encoder()))
            .map(encoder -> encoder.codec().ffprobeName())
            .orElse("av1");
    return before + " → " + after;
  }

  private static String comment(RequestedVideo requested) {
    if (requested.outcome().isEmpty()) {
      String detail = requested.video().detail();
      return requested.video().state().code() + (detail.isEmpty() ? "" : ": " + detail);
    }
    Outcome outcome = requested.outcome().get();
    return switch (outcome.result()) {
      case SKIPPED, WOULD_SKIP ->
          outcome.text() + (requested.video().detail().isEmpty() ? "" : ": " + reason(requested));
      default -> outcome.text();
    };
  }

  private static String reason(RequestedVideo requested) {
    return requested.video().detail();
  }

  /** Bytes of a file before and after this order. */
  private record Sizes(long before, long after) {}

  private static Optional<Sizes> sizes(RequestedVideo requested) {
    Video video = requested.video();
    return switch (requested.outcome().map(Outcome::result).orElse(Outcome.Result.GONE)) {
      case ENCODED ->
          video.originalSize().isPresent()
              ? Optional.of(new Sizes(video.originalSize().getAsLong(), video.size()))
              : Optional.empty();
      case DELIVERED -> video.output().map(output -> new Sizes(video.size(), output.size()));
      default -> Optional.empty();
    };
  }

  private String totals() {
    long before = 0;
    long after = 0;
    for (RequestedVideo video : videos) {
      Optional<Sizes> sizes = sizes(video);
      before += sizes.map(Sizes::before).orElse(0L);
      after += sizes.map(Sizes::after).orElse(0L);
    }
    String saved =
        before == 0
            ? ""
            : "; "
                + Figures.bytes(before)
                + " → "
                + Figures.bytes(after)
                + ", "
                + Figures.bytes(before - after)
                + " ("
                + Figures.savedPercent(before, after)
                + ") saved";
    return Figures.count(videos.size(), "video") + counts() + saved + ".";
  }

  private String counts() {
    Map<Outcome.Result, Integer> counts = new TreeMap<>();
    for (RequestedVideo video : videos) {
      video.outcome().ifPresent(outcome -> counts.merge(outcome.result(), 1, Integer::sum));
    }
    StringBuilder text = new StringBuilder();
    counts.forEach((result, count) ->
        text.append(text.isEmpty() ? ": " : ", ").append(count).append(' ').append(word(result)));
    if (parked() > 0) {
      text.append(text.isEmpty() ? ": " : ", ").append(parked()).append(" parked");
    }
    if (held() > 0) {
      text.append(text.isEmpty() ? ": " : ", ").append(held()).append(" held for a review");
    }
    return text.toString();
  }

  private List<String> parkedLines() {
    List<String> lines = new ArrayList<>();
    for (RequestedVideo video : videos) {
      if (isParked(video)) {
        lines.add(
            "PARKED: "
                + Printable.of(video.video().path().value())
                + ": "
                + Printable.of(video.video().detail()));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(
          "A parked video goes on with: ./reencodarr retry FILE; or give it up with:"
              + " ./reencodarr cancel FILE");
    }
    if (held() > 0) {
      lines.add(
          Figures.count(held(), "result")
              + " held for a review: ./reencodarr review list shows them; let them take their"
              + " places with: ./reencodarr approve FILE; or remove them with: ./reencodarr reject"
              + " FILE");
    }
    return lines;
  }

  private static boolean isParked(RequestedVideo requested) {
    return waits(requested) && !isHeld(requested);
  }

  private static boolean waits(RequestedVideo requested) {
    return requested.outcome().isEmpty() && requested.video().state() == VideoState.WAITING;
  }

  private static boolean isHeld(RequestedVideo requested) {
    return waits(requested) && HeldResult.isWaitedFor(requested.video().detail());
  }

  /** Videos whose result waits for somebody's word, as it was asked for. */
  private long held() {
    return videos.stream().filter(OutcomeReport::isHeld).count();
  }

  /** Videos that wait for somebody to do something about them. */
  public long parked() {
    return videos.stream().filter(OutcomeReport::isParked).count();
  }

  private static String word(Outcome.Result result) {
    return switch (result) {
      case ENCODED -> "encoded";
      case DELIVERED -> "delivered";
      case SKIPPED -> "left alone";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case MEASURED -> "measured";
      case NOTHING_TO_DO -> "done before";
      case GONE -> "gone";
      case WOULD_ENCODE -> "would be encoded";
      case WOULD_SKIP -> "would be left alone";
      case WOULD_FAIL -> "would fail";
    };
  }

  /** Loud words about what is left alone in numbers. */
  private List<String> bulk() {
    Map<SkipReason, Integer> reasons = new TreeMap<>(Comparator.comparing(SkipReason::code));
    for (RequestedVideo video : videos) {
      video.video().skipReason().ifPresent(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    List<String> lines = new ArrayList<>();
    reasons.forEach((reason, count) -> {
      if (count >= BULK
          || reason.equals(SkipReason.HARD_LINKS)
          || reason.equals(SkipReason.HARD_LINKED)
          || reason.equals(SkipReason.SYMLINK)) {
        lines.add(
            "LEFT ALONE: "
                + count
                + " of "
                + Figures.count(videos.size(), "file")
                + ": "
                + reason.explanation()
                + ".");
      }
    });
    return lines;
  }

  /** Videos that failed in this order. */
  public long failed() {
    return videos.stream()
        .flatMap(video -> video.outcome().stream())
        .filter(outcome ->
            outcome.result() == Outcome.Result.FAILED
                || outcome.result() == Outcome.Result.WOULD_FAIL)
        .count();
  }

  /** Bytes of originals that lie in quarantine because of this order. */
  public long quarantinedBytes() {
    return videos.stream()
        .filter(video -> isEncoded(video))
        .flatMap(video -> sizes(video).stream())
        .mapToLong(Sizes::before)
        .sum();
  }

  /** Videos whose original was replaced in this order. */
  public long replaced() {
    return videos.stream().filter(OutcomeReport::isEncoded).count();
  }

  private static boolean isEncoded(RequestedVideo video) {
    return video.outcome().map(Outcome::result).filter(Outcome.Result.ENCODED::equals).isPresent();
  }
}
