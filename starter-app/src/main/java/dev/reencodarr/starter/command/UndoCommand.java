package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.command.KeptLookup.Kept;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.video.KeptOrder;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts originals back. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Puts originals back in the place of their results.")
final class UndoCommand implements Callable<Integer> {

  private static final int MANY = 1_000_000;

  private final Surroundings surroundings;

  @Mixin private VideoChoice choice = new VideoChoice();

  @Option(names = "--all", description = "All that were replaced; asks for --yes.")
  private boolean all;

  @Option(names = "--yes", description = "Yes, all of them.")
  private boolean yes;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description =
          "Put the original of one VIDEO there instead, under a free name; what lies at its own"
              + " path stays. Where its video is not known any more, name the replacement by its"
              + " id.")
  private @Nullable String to;

  @Option(
      names = "--from-disk",
      description =
          "Without the database, which is lost: name libraries, folders or quarantine folders"
              + " instead of videos.")
  private boolean fromDisk;

  @Option(
      names = "--database-is-lost",
      description =
          "With --from-disk, where the database is not this machine's own: it is lost, and no"
              + " worker of it runs anywhere.")
  private boolean databaseIsLost;

  UndoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(all, "--all");
    if (all && !yes) {
      throw CommandFailed.usage("undo --all puts every original back: say --yes too");
    }
    if (fromDisk) {
      if (all || to != null) {
        throw CommandFailed.usage("--from-disk goes with folders alone");
      }
      return new DiskUndo(surroundings).of(choice.typed(), databaseIsLost).code();
    }
    if (databaseIsLost) {
      throw CommandFailed.usage("--database-is-lost goes with --from-disk");
    }
    if (to != null && choice.typed().size() != 1) {
      throw CommandFailed.usage("--to goes with one VIDEO");
    }
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      OtherPass pass = new OtherPass(connections.temporal(), surroundings::say);
      if (to != null
          && new KeptLookup(database, surroundings.workingFolder())
                  .require(choice.typed().getFirst())
              instanceof Kept.Orphan orphan) {
        return restore(pass, orphan, placeOf(to)).code();
      }
      int undone = 0;
      List<Video> videos = chosen(database);
      for (Video video : videos) {
        undone += undo(pass, video) ? 1 : 0;
      }
      surroundings.out().println(Figures.count(undone, "original") + " put back");
      return (undone == videos.size() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  private List<Video> chosen(Database database) throws CommandFailed {
    return all
        ? new VideoRepository(database).list(VideoRepository.Filter.in(VideoState.ENCODED, MANY))
        : new VideoLookup(database, surroundings.workingFolder()).requireAll(choice.typed());
  }

  private boolean undo(OtherPass pass, Video video) throws CommandFailed {
    Optional<VideoEnd> end = pass.over(video, order(video));
    return end.isPresent() && tell(Printable.of(video.path().value()), end.get());
  }

  private VideoOrder order(Video video) throws CommandFailed {
    return to == null
        ? new VideoOrder(video.id(), VideoOrder.Purpose.UNDO, Wishes.none())
        : VideoOrder.restore(video.id(), placeOf(to));
  }

  private MediaPath placeOf(String typed) throws CommandFailed {
    return new MediaPath(new Targets(surroundings.workingFolder()).absolute(typed).toString());
  }

  private ExitCode restore(OtherPass pass, Kept.Orphan orphan, MediaPath place) {
    Optional<VideoEnd> end =
        pass.over(
            orphan, new KeptOrder.Restore(orphan.entry().replacement(), orphan.zone(), place));
    boolean restored = end.isPresent() && tell(orphan.name(), end.get());
    surroundings.out().println(Figures.count(restored ? 1 : 0, "original") + " put back");
    return restored ? ExitCode.DONE : ExitCode.FAILED;
  }

  private boolean tell(String name, VideoEnd end) {
    switch (end) {
      case VideoEnd.Undone undone ->
          surroundings.say(
              name
                  + ": the original is back"
                  + (undone.path().value().equals(name)
                      ? ""
                      : " at " + Printable.of(undone.path().value())));
      case VideoEnd.Redone redone ->
          surroundings.say(name + ": the undo is undone, the result is back");
      case VideoEnd.Restored restored ->
          surroundings.say(name + ": the original is at " + Printable.of(restored.place().value()));
      default -> {
        surroundings.say(name + ": not undone: " + Printable.of(OtherPass.whyNot(end)));
        return false;
      }
    }
    return true;
  }
}
