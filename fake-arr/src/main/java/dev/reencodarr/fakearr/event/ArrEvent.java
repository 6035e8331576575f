package dev.reencodarr.fakearr.event;

import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.util.List;

/** Something that has happened, with what it was about as it was then. */
public sealed interface ArrEvent {

  Title title();

  /** A release was taken from an indexer. */
  record Grabbed(Title title, List<Part> parts, String release, String downloadId)
      implements ArrEvent {}

  /** A grab came to nothing, or was said to. */
  record DownloadFailed(
      Title title, List<Part> parts, String release, String downloadId, String message)
      implements ArrEvent {}

  /**
   * A download was taken into the library.
   *
   * @param replaced files that it took the place of
   * @param source where it was downloaded to
   */
  record Imported(
      Title title,
      List<Part> parts,
      MediaFile file,
      List<MediaFile> replaced,
      String release,
      String downloadId,
      String source)
      implements ArrEvent {}

  /** Files were renamed. */
  record Renamed(Title title, List<NewName> files) implements ArrEvent {}

  /**
   * A file under its new name.
   *
   * @param before relative path that it had
   */
  record NewName(MediaFile file, List<Part> parts, String before) {}

  /** A record of a file went. */
  record FileDeleted(Title title, List<Part> parts, MediaFile file, DeleteReason reason)
      implements ArrEvent {}

  record TitleAdded(Title title) implements ArrEvent {}

  /**
   * A title went.
   *
   * @param filesToo whether its files went with it
   * @param size of its folder, bytes
   */
  record TitleDeleted(Title title, boolean filesToo, long size) implements ArrEvent {}
}
