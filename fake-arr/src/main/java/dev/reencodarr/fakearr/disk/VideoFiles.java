package dev.reencodarr.fakearr.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which files below a folder the program takes for videos of the title. */
final class VideoFiles {

  private static final Set<String> EXTENSIONS =
      Set.of(
          "webm", "m4v", "3gp", "nsv", "ty", "strm", "rm", "rmvb", "m3u", "ifo", "mov", "qt",
          "divx", "xvid", "bivx", "nrg", "pva", "wmv", "asf", "asx", "ogm", "ogv", "m2v", "avi",
          "bin", "dat", "dvr-ms", "mpg", "mpeg", "mp4", "avc", "vp3", "svq3", "nuv", "viv", "dv",
          "fli", "flv", "wpl", "img", "iso", "vob", "mkv", "mk3d", "ts", "wtv", "m2ts");

  private static final Set<String> FOLDERS_LEFT_ALONE =
      Set.of(
          "@eadir",
          "plex versions",
          "extras",
          "extrafanart",
          "behind the scenes",
          "deleted scenes",
          "featurettes",
          "interviews",
          "other",
          "scenes",
          "sample",
          "samples",
          "shorts",
          "trailers",
          "theme-music",
          "backdrops");

  private static final Pattern NAMES_LEFT_ALONE =
      Pattern.compile(
          "^\\._.*|^\\.unmanic.*"
              + "|.*-(trailer|other|behindthescenes|deleted|featurette|interview|scene|short)"
              + "\\.[^.]+$",
          Pattern.CASE_INSENSITIVE);

  private VideoFiles() {}

  /** Their sizes by their paths; a folder that cannot be read is passed over in silence. */
  static SortedMap<Path, Long> below(Path folder) throws IOException {
    SortedMap<Path, Long> found = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return !visited.equals(folder) && isLeftAlone(visited)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isVideo(file.getFileName().toString())) {
              found.put(file, attributes.size());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean isLeftAlone(Path folder) {
    String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || FOLDERS_LEFT_ALONE.contains(name);
  }

  private static boolean isVideo(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(extension) && !NAMES_LEFT_ALONE.matcher(name).matches();
  }
}
