package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.command.KeptLookup.Kept;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.video.KeptOrder;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets kept files go at once, whose results are fine. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description =
        "Lets kept originals go for good and frees their room; each only after its result was seen"
            + " whole.")
final class QuarantineAcceptCommand implements Callable<Integer> {

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([mhd])");

  private final Surroundings surroundings;

  @Mixin private VideoChoice choice = new VideoChoice();

  @Option(names = "--all", description = "Everything that is kept.")
  private boolean all;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Only what was kept for so long, such as 1d, 12h or 30m.")
  private @Nullable String olderThan;

  @Option(
      names = "--without-result",
      description =
          "Also where the result is not seen whole, so that the original is perhaps the last copy;"
              + " not with --all.")
  private boolean withoutResult;

  QuarantineAcceptCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(all, "--all");
    if (all && withoutResult) {
      throw CommandFailed.usage("--without-result asks for VIDEO…, each by its name");
    }
    Acceptance acceptance = new Acceptance(keptBefore(), withoutResult);
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      OtherPass pass = new OtherPass(connections.temporal(), surroundings::say);
      Accepted sum = Accepted.nothing();
      boolean whole = true;
      for (Kept kept : chosen(database, acceptance.keptBefore())) {
        Optional<Accepted> accepted = accept(pass, kept, acceptance);
        whole &= accepted.isPresent();
        sum = sum.plus(accepted.orElse(Accepted.nothing()));
      }
      surroundings
          .out()
          .println(
              Figures.count(sum.files(), "file")
                  + " let go, "
                  + Figures.bytes(sum.bytes())
                  + " freed");
      return (whole && sum.kept().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  private Instant keptBefore() throws CommandFailed {
    // a moment of the future, since the database's clock may be ahead of this one
    return olderThan == null
        ? Instant.now().plus(Duration.ofDays(1))
        : Instant.now().minus(age(olderThan));
  }

  private static Duration age(String text) throws CommandFailed {
    Matcher matcher = AGE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw CommandFailed.usage("--older-than must be like 1d, 12h or 30m, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private List<Kept> chosen(Database database, Instant keptBefore) throws CommandFailed {
    if (!all) {
      return new KeptLookup(database, surroundings.workingFolder()).requireAll(choice.typed());
    }
    VideoRepository videos = new VideoRepository(database);
    Set<VideoId> ids = new LinkedHashSet<>();
    int orphans = 0;
    for (Quarantined kept : new ReplacementRepository(database).quarantined()) {
      if (kept.isOlderThan(keptBefore)) {
        kept.video().ifPresent(ids::add);
        orphans += kept.video().isEmpty() ? 1 : 0;
      }
    }
    if (orphans > 0) {
      surroundings.say(
          Figures.count(orphans, "file")
              + " of videos that are not known any more go when they expire, or by the id of their"
              + " replacement, which quarantine list shows");
    }
    List<Kept> chosen = new ArrayList<>();
    ids.forEach(id -> videos.find(id).map(Kept.OfVideo::new).ifPresent(chosen::add));
    return chosen;
  }

  private Optional<Accepted> accept(OtherPass pass, Kept kept, Acceptance acceptance) {
    Optional<VideoEnd> end =
        switch (kept) {
          case Kept.OfVideo(Video video) ->
              pass.over(video, VideoOrder.accept(video.id(), acceptance));
          case Kept.Orphan orphan when orphan.entry().isOlderThan(acceptance.keptBefore()) ->
              pass.over(
                  orphan,
                  new KeptOrder.Accept(orphan.entry().replacement(), orphan.zone(), acceptance));
          case Kept.Orphan _ -> Optional.of(new VideoEnd.Released(Accepted.nothing()));
        };
    if (end.isEmpty()) {
      return Optional.empty();
    }
    String name = kept.name();
    if (end.get() instanceof VideoEnd.Released released) {
      released.accepted().kept().forEach(why -> surroundings.say(name + ": " + Printable.of(why)));
      return Optional.of(released.accepted());
    }
    surroundings.say(name + ": nothing let go: " + Printable.of(OtherPass.whyNot(end.get())));
    return Optional.empty();
  }
}
