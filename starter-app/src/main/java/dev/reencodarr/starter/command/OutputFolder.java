package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that results are delivered to while originals stay as they are. */
final class OutputFolder {

  private OutputFolder() {}

  /** Creates it where it is missing; refuses one that lies among the originals. */
  static MediaPath prepare(Path typed, List<MediaPath> sources) throws CommandFailed {
    if (Files.exists(typed) && !Files.isDirectory(typed)) {
      throw CommandFailed.usage(typed + " is not a folder");
    }
    refuseWithin(new MediaPath(typed.toString()), sources);
    try {
      MediaPath folder = new MediaPath(Files.createDirectories(typed).toRealPath().toString());
      refuseWithin(folder, sources);
      if (!Files.isWritable(Path.of(folder.value()))) {
        throw CommandFailed.usage(folder + " cannot be written by this user");
      }
      return folder;
    } catch (IOException e) {
      throw CommandFailed.usage(typed + " cannot be created: " + e.getMessage());
    }
  }

  private static void refuseWithin(MediaPath folder, List<MediaPath> sources) throws CommandFailed {
    for (MediaPath source : sources) {
      if (folder.isWithin(source)) {
        throw CommandFailed.usage(
            "the output folder " + folder + " lies in " + source + ", which is worked on");
      }
    }
  }

  /** Results may not be taken for new originals. */
  static void refuseInLibrary(MediaPath folder, List<Library> libraries) throws CommandFailed {
    for (Library library : libraries) {
      if (folder.isWithin(library.root())) {
        throw CommandFailed.usage(
            "the output folder " + folder + " lies in the library " + library.name());
      }
    }
  }
}
