package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds videos as people name them: by id, or by the path of the file. */
final class VideoLookup {

  private final VideoRepository videos;
  private final Targets targets;

  VideoLookup(Database database, Path workingFolder) {
    this.videos = new VideoRepository(database);
    this.targets = new Targets(workingFolder);
  }

  /** The video; empty where none is known by this. */
  Optional<Video> find(String typed) throws CommandFailed {
    Optional<Video> byId = byId(typed);
    return byId.isPresent() ? byId : videos.findByPath(path(typed));
  }

  /** The path that is typed. */
  MediaPath path(String typed) throws CommandFailed {
    return new MediaPath(targets.absolute(typed).toString());
  }

  Video require(String typed) throws CommandFailed {
    return find(typed)
        .orElseThrow(() ->
            CommandFailed.usage(
                "no video is known by "
                    + typed
                    + "; ./reencodarr videos lists them, a scan finds new ones"));
  }

  List<Video> requireAll(List<String> typed) throws CommandFailed {
    List<Video> found = new ArrayList<>();
    for (String text : typed) {
      found.add(require(text));
    }
    return List.copyOf(found);
  }

  private Optional<Video> byId(String typed) {
    try {
      return videos.find(VideoId.parse(typed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
