package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.store.LibraryMarker;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/** Goes through a library and shows what bears our name; follows no symbolic link. */
final class OwnFolderWalk {

  /** Our own folder; a library of several mounts has several. */
  static final String NAME = LibraryMarker.FOLDER;

  private final Path root;
  private final Consumer<String> heartbeat;

  OwnFolderWalk(Path root, Consumer<String> heartbeat) {
    this.root = root;
    this.heartbeat = heartbeat;
  }

  /** Who is shown it. */
  interface Visitor {

    /** Whether a folder is somebody else's library, which is not gone into. */
    boolean isOthers(Path folder);

    /** A folder of our name. */
    void ownFolder(Path folder) throws IOException;

    /** A file between those of the library whose name begins with ours. */
    void ownFile(Path file) throws IOException;
  }

  void walk(Visitor visitor) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            heartbeat.accept(folder.toString());
            if (folder.equals(root)) {
              return FileVisitResult.CONTINUE;
            }
            if (folder.endsWith(NAME)) {
              visitor.ownFolder(folder);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return visitor.isOthers(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && file.getFileName().toString().startsWith(NAME)) {
              visitor.ownFile(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Gone meanwhile, or not ours to read: the scan tells of it.
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
