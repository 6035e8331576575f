package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Seen.Content;
import dev.reencodarr.bench.chaos.Seen.Original;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a batch may have left. */
final class Look {

  private static final int BUFFER = 1 << 20;

  /** Folders of ours in a library whose own folders go when their work is done. */
  private static final List<String> SWEPT = List.of("stage", "quarantine");

  private static final Content NOTHING = new Content("", -1);

  private Look() {}

  /**
   * Looks once.
   *
   * @param ledger what the rows said just before
   */
  static Seen at(Stack stack, List<Original> films, Ledger ledger, int causes) throws IOException {
    return new Seen(
        films,
        files(stack.library()),
        jobs(stack),
        stack.processes().orphans(),
        ledger,
        stack.tools().launches(),
        causes);
  }

  /** Every file below a folder, and what was swept but for its empty folder. */
  static Map<Path, Content> files(Path folder) throws IOException {
    Map<Path, Content> files = new HashMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            files.put(file, content(file));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
              throws IOException {
            if (isSweptOf(left) && isEmpty(left)) {
              files.put(left, NOTHING);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              // It went while we looked; what is there is looked at again.
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return Map.copyOf(files);
  }

  private static Content content(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? new Content(sha256(file), Ending.numberOf(file).orElse(-1))
        : NOTHING;
  }

  private static boolean isSweptOf(Path folder) {
    Path parent = folder.getParent();
    return parent != null && SWEPT.stream().anyMatch(parent::endsWith);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static String sha256(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Folders of jobs and of probes. */
  private static List<String> jobs(Stack stack) throws IOException {
    List<String> left = new ArrayList<>();
    for (String kind : List.of("jobs", "probes")) {
      Path folder = stack.home().work().resolve(kind);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries
              .filter(entry -> !entry.endsWith(".lock"))
              .forEach(entry -> left.add(kind + "/" + entry.getFileName()));
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      }
    }
    return List.copyOf(left);
  }
}
