package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.replace.Adopted;
import dev.reencodarr.activities.replace.SetAside;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What bears our name inside a library. A stage folder never holds an original, so our own files in
 * one may go; quarantine folders are understood or told of, and never touched.
 */
final class OwnFolderSweep implements OwnFolderWalk.Visitor {

  private static final Duration DAY = Duration.ofHours(24);

  /** A result and halves of it, under its checksum, and the files that a mount is tried with. */
  private static final Pattern STAGED =
      Pattern.compile("[0-9a-f]{64}(\\.result|(-[0-9a-f-]{36})?\\.part)|trial-[12]");

  /**
   * The file that a mount is tried with, and halves of a result in an output folder, by the id of
   * their video, or of an original on its way to another mount, by that of their replacement.
   */
  private static final Pattern BESIDE_FILMS =
      Pattern.compile(
          "\\.reencodarr-(?:probe-([0-9a-f-]{36})|([0-9a-f-]{36})(?:-[0-9a-f-]{36})?\\.part)");

  private static final String OF_NO_VIDEO =
      "is of no video of this database, but may be another installation's";

  private static final Pattern MARKER_DRAFT = Pattern.compile("library\\d+\\.tmp");

  private final Leftovers leftovers;
  private final Function<Path, List<Adopted>> adoption;
  private final Function<Path, Optional<OtherLibraries.Owner>> others;
  private final Predicate<Path> keepsBroken;
  private final Findings findings;

  /**
   * @param adoption what comes of the quarantine of one of our own folders
   * @param others whose library a folder is, if not this one
   * @param keepsBroken whether a folder is known to keep a broken file
   */
  OwnFolderSweep(
      Leftovers leftovers,
      Function<Path, List<Adopted>> adoption,
      Function<Path, Optional<OtherLibraries.Owner>> others,
      Predicate<Path> keepsBroken,
      Findings findings) {
    this.leftovers = leftovers;
    this.adoption = adoption;
    this.others = others;
    this.keepsBroken = keepsBroken;
    this.findings = findings;
  }

  @Override
  public void ownFile(Path file) throws IOException {
    Matcher name = BESIDE_FILMS.matcher(file.getFileName().toString());
    if (name.matches()) {
      // A finished half copy of an original wears the original's own time: its age says nothing.
      Optional<VideoId> video =
          name.group(1) == null
              ? leftovers.videoOfPart(name.group(2))
              : Leftovers.video(name.group(1));
      boolean ours = name.group(1) == null || Files.size(file) == 0;
      if (video.isPresent() && ours && leftovers.isAbandoned(video.get(), file)) {
        if (Files.size(file) == 0 || leftovers.isKnown(video.get())) {
          leftovers.remove(file);
        } else {
          leftovers.leftAlone(file, OF_NO_VIDEO);
        }
      }
    }
  }

  @Override
  public boolean isOthers(Path mount) {
    Optional<OtherLibraries.Owner> owner = others.apply(mount);
    owner.ifPresent(other -> leftovers.leftAlone(mount, other.text()));
    return owner.isPresent();
  }

  @Override
  public void ownFolder(Path folder) throws IOException {
    // first: what a swap that is taken up again has staged is needed
    adoption.apply(folder).forEach(this::quarantine);
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      if (MARKER_DRAFT.matcher(name).matches() && Ages.isOlder(entry, DAY)) {
        leftovers.remove(entry);
      } else if (name.startsWith(OwnFolderWalk.NAME)) {
        ownFile(entry);
      }
    }
    for (Path stage : entries(folder.resolve("stage"))) {
      stage(stage);
    }
    for (Path broken : entries(folder.resolve(SetAside.FOLDER))) {
      if (!keepsBroken.test(broken)) {
        leftovers.leftAlone(broken, "keeps no broken file that is known; place says where it was");
      }
    }
  }

  private void stage(Path stage) throws IOException {
    Optional<VideoId> video = Leftovers.video(stage.getFileName().toString());
    if (video.isEmpty() || !Files.isDirectory(stage, LinkOption.NOFOLLOW_LINKS)) {
      leftovers.leftAlone(stage, "is not named like a video's stage folder");
    } else if (!leftovers.isKnown(video.get())) {
      leftovers.leftAlone(stage, OF_NO_VIDEO);
    } else if (leftovers.isAbandoned(video.get(), stage)) {
      for (Path file : entries(stage)) {
        if (STAGED.matcher(file.getFileName().toString()).matches()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          leftovers.remove(file);
        } else {
          leftovers.leftAlone(file, "is nothing that we stage");
        }
      }
      removeIfEmpty(stage);
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Something else is in it and stays.
    }
  }

  private void quarantine(Adopted adopted) {
    findings.add(
        FindingKind.QUARANTINE,
        switch (adopted) {
          case Adopted.Replaced replaced ->
              replaced.folder()
                  + " was not in the database: adopted: its result lies at "
                  + replaced.place()
                  + ", and its original is kept";
          case Adopted.Undone undone ->
              undone.folder()
                  + " was undone without the database: adopted: the original lies at "
                  + undone.place()
                  + " and is left alone until retry";
          case Adopted.Begun begun -> {
            begun.video().ifPresent(leftovers::keepStaged);
            yield begun.folder()
                + ": a swap of "
                + begun.source()
                + " was cut short and not in the database: adopted: the next round settles it";
          }
          case Adopted.InDoubt doubt ->
              doubt.folder()
                  + " has no row: "
                  + doubt.why()
                  + ": left alone; it can be put back by hand";
        });
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return entries;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Gone meanwhile.
      return List.of();
    }
    return entries.stream().sorted().toList();
  }
}
