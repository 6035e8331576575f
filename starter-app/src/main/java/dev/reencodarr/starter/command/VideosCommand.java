package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.starter.view.VideoView;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists videos. */
@Command(name = "videos", mixinStandardHelpOptions = true, description = "Lists videos.")
final class VideosCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--state", description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable VideoState state;

  @Option(names = "--library", description = "Only those of this library.")
  private @Nullable String library;

  @Option(names = "--limit", description = "At most so many (${DEFAULT-VALUE}).")
  private int limit = 100;

  @Mixin private FormatOption format = new FormatOption();

  VideosCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw CommandFailed.usage("--limit must be at least 1");
    }
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      Optional<LibraryId> of =
          library == null
              ? Optional.empty()
              : Optional.of(Register.of(connections, surroundings).require(library).id());
      List<Video> videos =
          new VideoRepository(database)
              .list(new VideoRepository.Filter(Optional.ofNullable(state), of, limit));
      if (format.isJson()) {
        surroundings.out().println(Json.of(videos.stream().map(VideoView::of).toList()));
      } else {
        print(videos);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(List<Video> videos) {
    Table table =
        new Table()
            .text("state")
            .figures("size")
            .figures("saved")
            .text("codec")
            .text("path")
            .text("");
    for (Video video : videos) {
      table.row(
          video.state().code(),
          Figures.bytes(video.size()),
          video.savedBytes().isPresent() ? Figures.bytes(video.savedBytes().getAsLong()) : "",
          video.media().codec().orElse(""),
          video.path(),
          remark(video));
    }
    if (table.isEmpty()) {
      surroundings.say("no videos");
    } else {
      table.lines().forEach(surroundings.out()::println);
    }
    if (videos.size() == limit) {
      surroundings.say("more may follow: --limit " + limit * 10L);
    }
  }

  private static String remark(Video video) {
    String reason = video.skipReason().map(skip -> skip.code()).or(video::failureCode).orElse("");
    if (reason.isEmpty() || video.detail().isEmpty()) {
      return reason + video.detail();
    }
    return reason + ": " + video.detail();
  }
}
