package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Goes through folders and tells of the video files in them, without opening one. Hidden files and
 * folders are left out, symbolic links are not followed.
 */
public final class FolderWalk {

  private static final String ATTRIBUTES =
      "unix:size,lastModifiedTime,nlink,isDirectory,isRegularFile,isSymbolicLink";

  /** Why something was left alone. */
  enum LeftAlone {
    REFUSED_NAME("the name is not valid UTF-8 and cannot be handed to programs: rename it"),
    UNREADABLE("cannot be read"),
    SYMLINK("a symbolic link to a folder is not followed"),
    MISSING("does not exist"),
    OTHERS("belongs to another installation or library"),
    OUTSIDE("lies outside of the library, behind a symbolic link, or in our own folder"),
    NO_VIDEO_NAME("is not a video file by its name");

    private final String explanation;

    LeftAlone(String explanation) {
      this.explanation = explanation;
    }

    String explanation() {
      return explanation;
    }
  }

  /** Who is told. */
  interface Visitor {
    void file(SeenFile file);

    void leftAlone(Path path, LeftAlone why);

    /** A folder of ours, which is not gone into. */
    void ownFolder(Path folder);

    /** All files of the folder itself have been told; what is in folders of it comes later. */
    void folderDone(Path folder);
  }

  private final MediaPath root;
  private final Set<String> extensions;
  private final WalkCursor from;
  private final Predicate<Path> isOthers;
  private final Visitor visitor;

  /**
   * @param extensions of video files, lower case
   * @param from folders that it covers are passed over
   * @param isOthers whether a folder with a folder of our name in it is somebody else's library,
   *     which is not gone into
   */
  FolderWalk(
      MediaPath root,
      Collection<String> extensions,
      WalkCursor from,
      Predicate<Path> isOthers,
      Visitor visitor) {
    this.root = root;
    this.extensions = Set.copyOf(extensions);
    this.from = from;
    this.isOthers = isOthers;
    this.visitor = visitor;
  }

  /** Goes through files and folders; one that is given twice or lies in another counts once. */
  void walk(Collection<MediaPath> scopes) {
    List<MediaPath> distinct = withoutNested(scopes);
    List<Path> folders = new ArrayList<>();
    for (MediaPath scope : distinct) {
      Path path = Path.of(scope.value());
      Optional<LeftAlone> refusal = refusal(scope, path);
      if (refusal.isPresent()) {
        atStart(path, refusal.get());
      } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        folders.add(path);
      } else if (from.folder().isEmpty()) {
        namedFile(path);
      }
    }
    folders.forEach(this::folder);
  }

  static List<MediaPath> withoutNested(Collection<MediaPath> scopes) {
    List<MediaPath> kept = new ArrayList<>();
    scopes.stream()
        .distinct()
        .sorted(Comparator.comparing(scope -> WalkCursor.order(scope.value())))
        .filter(scope -> kept.stream().noneMatch(scope::isWithin))
        .forEach(kept::add);
    return kept;
  }

  /** What stands at the start of the walk was told before the first folder was done. */
  private void atStart(Path path, LeftAlone why) {
    if (from.folder().isEmpty()) {
      visitor.leftAlone(path, why);
    }
  }

  private Optional<LeftAlone> refusal(MediaPath scope, Path path) {
    if (!scope.isWithin(root) || isInOurFolder(scope)) {
      return Optional.of(LeftAlone.OUTSIDE);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(
          Files.notExists(path, LinkOption.NOFOLLOW_LINKS)
              ? LeftAlone.MISSING
              : LeftAlone.UNREADABLE);
    }
    try {
      Path parent = path.getParent();
      if (parent != null && !parent.toRealPath().equals(parent)) {
        return Optional.of(LeftAlone.OUTSIDE);
      }
      return isInsideOthers(path) ? Optional.of(LeftAlone.OTHERS) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(LeftAlone.UNREADABLE);
    }
  }

  /** Above the scope and below the root; at the scope itself the walk looks. */
  private boolean isInsideOthers(Path scope) {
    Path top = Path.of(root.value());
    for (Path above = scope.getParent();
        above != null && above.startsWith(top) && !above.equals(top);
        above = above.getParent()) {
      if (isOthers.test(above)) {
        return true;
      }
    }
    return false;
  }

  /** Below the root, that is: a library may well lie in a folder of that name. */
  private boolean isInOurFolder(MediaPath scope) {
    return !scope.equals(root)
        && List.of(scope.relativeTo(root).split("/", -1)).contains(LibraryMarker.FOLDER);
  }

  private void namedFile(Path path) {
    if (isVideo(path)) {
      entry(path, new ArrayList<>());
    } else {
      visitor.leftAlone(path, LeftAlone.NO_VIDEO_NAME);
    }
  }

  private void folder(Path folder) {
    if (from.coversAllOf(folder.toString())) {
      return;
    }
    boolean tell = !from.covers(folder.toString());
    List<Path> entries = new ArrayList<>();
    boolean readable = true;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    } catch (NoSuchFileException e) {
      // Gone since its parent was listed.
      return;
    } catch (IOException | DirectoryIteratorException e) {
      readable = false;
    }
    if (isOthers(folder, entries)) {
      if (tell) {
        visitor.leftAlone(folder, LeftAlone.OTHERS);
        visitor.folderDone(folder);
      }
      return;
    }
    List<Path> inner = new ArrayList<>();
    for (Path entry : entries) {
      if (isOurs(entry)) {
        visitor.ownFolder(entry);
      } else if (!isHidden(entry)) {
        look(entry, inner, tell);
      }
    }
    if (tell) {
      if (!readable) {
        visitor.leftAlone(folder, LeftAlone.UNREADABLE);
      }
      visitor.folderDone(folder);
    }
    inner.sort(Comparator.comparing(Path::toString));
    inner.forEach(this::folder);
  }

  /** The library's own marker was looked at before the walk. */
  private boolean isOthers(Path folder, List<Path> entries) {
    return !folder.equals(Path.of(root.value()))
        && entries.stream().anyMatch(FolderWalk::isOurs)
        && isOthers.test(folder);
  }

  private static boolean isOurs(Path entry) {
    return entry.endsWith(LibraryMarker.FOLDER);
  }

  private void look(Path entry, List<Path> inner, boolean tell) {
    if (tell) {
      entry(entry, inner);
    } else if (hasUsableName(entry) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      inner.add(entry);
    }
  }

  private void entry(Path entry, List<Path> inner) {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(entry, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // Gone since the folder was listed.
      return;
    } catch (IOException e) {
      visitor.leftAlone(entry, LeftAlone.UNREADABLE);
      return;
    }
    boolean folder = is(attributes, "isDirectory");
    boolean symlink = is(attributes, "isSymbolicLink");
    boolean video = isVideo(entry) && (symlink || is(attributes, "isRegularFile"));
    if ((folder || video) && !hasUsableName(entry)) {
      visitor.leftAlone(entry, LeftAlone.REFUSED_NAME);
    } else if (folder) {
      inner.add(entry);
    } else if (symlink && Files.isDirectory(entry)) {
      visitor.leftAlone(entry, LeftAlone.SYMLINK);
    } else if (video) {
      visitor.file(seen(entry, attributes));
    }
  }

  /** Looks at one file again; empty if it is not there any more. */
  public static Optional<SeenFile> seen(Path file) {
    try {
      return Optional.of(
          seen(file, Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static SeenFile seen(Path file, Map<String, Object> attributes) {
    return new SeenFile(
        new MediaPath(file.toString()),
        attribute(attributes, "size", Long.class),
        attribute(attributes, "lastModifiedTime", FileTime.class).toInstant(),
        attribute(attributes, "nlink", Integer.class),
        is(attributes, "isSymbolicLink"));
  }

  private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  private static boolean is(Map<String, Object> attributes, String name) {
    return Boolean.TRUE.equals(attributes.get(name));
  }

  /** Whether it is hidden by its name. */
  public static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }

  /** Whether its path can be handed to programs. */
  public static boolean hasUsableName(Path entry) {
    return entry.toString().indexOf('\uFFFD') < 0;
  }

  private boolean isVideo(Path entry) {
    return isVideo(entry, extensions);
  }

  /** Whether it is a video by its name. */
  public static boolean isVideo(Path entry, Set<String> extensions) {
    String name = entry.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
