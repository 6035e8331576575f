package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What not every mount offers; a mount that refuses has changed nothing. */
interface MountCalls {

  /** The call is not offered on this mount, or not for this file. */
  final class NotOffered extends FileSystemException {
    private static final long serialVersionUID = 1;

    NotOffered(Path from, Path to, String what) {
      super(from.toString(), to.toString(), what + " is not offered here");
    }
  }

  /**
   * Two files change places; at every moment each name is one of the two.
   *
   * @throws NotOffered if the mount cannot do this
   * @throws NoSuchFileException if one of them is missing; nothing is changed
   */
  void exchange(Path one, Path other) throws IOException;

  /**
   * Renames, unless the new name is taken.
   *
   * @throws NotOffered if the mount cannot do this
   * @throws FileAlreadyExistsException if the name is taken; nothing is changed
   */
  void renameToFreeName(Path from, Path to) throws IOException;

  /**
   * Gives a file a second name.
   *
   * @throws NotOffered if the mount cannot do this, or refuses it for a file of this owner
   * @throws FileAlreadyExistsException if the name is taken; nothing is changed
   */
  void link(Path file, Path name) throws IOException;

  /** Linux's own. */
  static MountCalls real() {
    return new MountCalls() {
      @Override
      public void exchange(Path one, Path other) throws IOException {
        AtomicExchange.exchange(one, other);
      }

      @Override
      public void renameToFreeName(Path from, Path to) throws IOException {
        AtomicExchange.renameToFreeName(from, to);
      }

      @Override
      public void link(Path file, Path name) throws IOException {
        try {
          Files.createLink(name, file);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
          throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
          // whatever the reason, nothing was changed, and a copy will meet it again
          NotOffered refused = new NotOffered(file, name, "a hard link");
          refused.initCause(e);
          throw refused;
        }
      }
    };
  }
}
