package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoId;
import java.util.UUID;

/** The ids of workflows: what there is one of has one id. */
public final class WorkflowIds {

  /** The janitor; its schedule adds the time of each start. */
  public static final String JANITOR = "janitor";

  /** The fleet. */
  public static final String FLEET = "fleet";

  /** What the schedules of scans begin with. */
  public static final String SCAN = "scan/";

  private static final String VIDEO = "video/";

  private WorkflowIds() {}

  /** One pass over one file at a time. */
  public static String video(VideoId video) {
    return VIDEO + video;
  }

  /** The video of a workflow id that {@link #video} made. */
  public static VideoId videoOf(String workflowId) {
    return VideoId.parse(workflowId.substring(VIDEO.length()));
  }

  /** One pass at a time over what a replacement keeps whose video is not known any more. */
  public static String kept(UUID replacement) {
    return "kept/" + replacement;
  }

  /** A sample that somebody wants to look at. */
  public static String sample(VideoId sample) {
    return "sample/" + sample;
  }

  /** One telling at a time of what has become of a file. */
  public static String tell(VideoId video) {
    return "tell/" + video;
  }

  /**
   * The getting of another copy of a broken source.
   *
   * @param source id of its row
   */
  public static String redownload(long source) {
    return "redownload/" + source;
  }

  /** Of the schedule of a connection to Sonarr or Radarr, and what its workflows begin with. */
  public static String sync(String connection) {
    return "sync/" + connection;
  }

  /** A look at the address, the key and the settings of a connection. */
  public static String syncCheck(String connection) {
    return "sync-check/" + connection;
  }

  /** Of the schedule of a library's scans, and what its workflows begin with. */
  public static String scan(LibraryId library) {
    return SCAN + library;
  }

  /** The looks at titles of a connection at which something has happened. */
  public static String syncEvents(String connection) {
    return "sync-events/" + connection;
  }

  /** Of the schedule that reads the history of a connection, and what its workflows begin with. */
  public static String catchUp(String connection) {
    return "catch-up/" + connection;
  }

  /** The end of a connection. */
  public static String syncFarewell(String connection) {
    return "sync-farewell/" + connection;
  }

  /** A check of a library's files, to find broken ones. */
  public static String sourceCheck(LibraryId library) {
    return "library-check/" + library;
  }

  public static String library(LibraryId library) {
    return "library/" + library;
  }
}
