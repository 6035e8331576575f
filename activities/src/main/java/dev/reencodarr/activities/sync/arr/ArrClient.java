package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One Sonarr or Radarr. A title is a series or a movie, a file an episode file or a movie file;
 * paths are those of the program. Calls that change nothing are tried again a few times where the
 * failure may pass; the others are tried once.
 */
public interface ArrClient {

  /** Who answers there. */
  ArrStatus status() throws ArrFailed;

  List<RootFolder> rootFolders() throws ArrFailed;

  /**
   * All titles, in no order and each once; one after the other as they come, since a library may
   * have tens of thousands.
   *
   * @param each is to be quick: the whole list is to be told within ten minutes
   * @throws ArrFailed also where the answer ends early: what was told before is then not all
   */
  void titles(Consumer<Title> each) throws ArrFailed;

  /** The title of this id; empty if there is none. */
  Optional<Title> title(long title) throws ArrFailed;

  /** The files of these titles; one that is not there has none. */
  List<ManagedFile> files(Collection<Long> titles) throws ArrFailed;

  /** The file of this id; empty if there is none. */
  Optional<ManagedFile> file(long file) throws ArrFailed;

  /** Whether something is being downloaded for the title, or for what the file holds of it. */
  boolean isDownloading(ManagedFile file) throws ArrFailed;

  /**
   * Whether something is being downloaded for these parts, or for their season as a whole.
   *
   * @param parts ids of episodes, or of the movie
   */
  boolean isDownloading(long title, Collection<Long> parts) throws ArrFailed;

  /**
   * Has the folder of one title looked through. Never without a title: that would be all of them.
   *
   * @return the command, which may be an earlier equal one that is at work
   */
  ArrCommand rescan(long title) throws ArrFailed;

  /** Has one file named as the naming asks for. */
  ArrCommand rename(long title, long file) throws ArrFailed;

  /** What has become of a command; empty where it is not known any more. */
  Optional<ArrCommand> command(long id) throws ArrFailed;

  /** Where the naming would have the file; empty where it lies there already. */
  Optional<String> renamedTo(ManagedFile file) throws ArrFailed;

  /** What of the file's title or episodes is monitored. */
  Monitored monitored(ManagedFile file) throws ArrFailed;

  /**
   * What of these parts is monitored; those that are not there any more are in neither set.
   *
   * @param parts ids of episodes, or of the movie
   */
  Monitored monitored(Collection<Long> parts) throws ArrFailed;

  /** Sets it as it was recorded; touches nothing that is so already. */
  void restore(Monitored recorded) throws ArrFailed;

  /**
   * Writes what was recorded of a file into the one that took its place: quality, languages,
   * release group, scene name, edition. What was not recorded is left as it is.
   */
  void restore(ManagedFile recorded, long file) throws ArrFailed;

  /** What the ids of tags and quality profiles stand for. */
  Labels labels() throws ArrFailed;

  /** What of its settings matters to whoever changes files under it. */
  ArrSettings settings() throws ArrFailed;

  /**
   * Has another copy looked for, at all indexers.
   *
   * @param parts ids of episodes, or of the movie
   */
  ArrCommand search(Collection<Long> parts) throws ArrFailed;

  /**
   * The files that hold these parts now.
   *
   * @param parts ids of episodes, or of the movie
   * @return none where a part is without one
   */
  List<ManagedFile> holding(long title, Collection<Long> parts) throws ArrFailed;

  /**
   * Deletes a file, on disk as well unless it has gone from there; one that is not known any more
   * is no failure.
   */
  void deleteFile(long file) throws ArrFailed;

  /**
   * Says that the download of a grab has failed, so that its release is not taken again. Said
   * twice, it stands in the blocklist twice. It may look for another copy by itself.
   *
   * @param grab id of its event
   */
  void markFailed(long grab) throws ArrFailed;

  /** What happened to a title, oldest first. */
  List<HistoryEvent> history(long title) throws ArrFailed;

  /** What happened since, oldest first. */
  List<HistoryEvent> historySince(Instant since) throws ArrFailed;

  /** Whom it tells of what happens. */
  List<ArrNotification> notifications() throws ArrFailed;

  /** A webhook that is still to be filled in; empty where it knows none. */
  Optional<ArrNotification> newWebhook() throws ArrFailed;

  /**
   * Saves a notification that is new, or one that is there. It is tried at once: a webhook has to
   * answer while this is under way.
   *
   * @throws ArrFailed of the kind REJECTED where the try has failed
   */
  void save(ArrNotification notification) throws ArrFailed;

  /** Removes a notification; one that is not there any more is no failure. */
  void removeNotification(long id) throws ArrFailed;
}
