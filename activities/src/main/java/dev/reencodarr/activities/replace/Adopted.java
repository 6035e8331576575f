package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Path;
import java.util.Optional;

/** What came of a quarantine folder that the database did not know, or knew otherwise. */
public sealed interface Adopted {

  /** The result lies there, and its original is kept. */
  record Replaced(Path folder, MediaPath place, SourceIdentity result) implements Adopted {}

  /** The original lies there, put back by an undo; its content is left alone from now on. */
  record Undone(Path folder, MediaPath place, SourceIdentity original) implements Adopted {}

  /** A swap of this file was cut short; the journal knows it again, so that it can be settled. */
  record Begun(Path folder, Optional<VideoId> video, MediaPath source) implements Adopted {}

  /**
   * Left alone, because of this.
   *
   * @param why for people; continues a sentence about the folder
   */
  record InDoubt(Path folder, String why) implements Adopted {}
}
