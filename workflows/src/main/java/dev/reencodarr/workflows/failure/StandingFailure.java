package dev.reencodarr.workflows.failure;

/**
 * What fails now and is no video's: a queue that a worker does not serve, a library's scan, a part
 * of the janitor's round, a sync. It stands until its subject works again.
 *
 * @param subject what fails, by a name that stays the same: {@code library/<id>}
 * @param classification with a message that names the subject in words of people
 */
public record StandingFailure(String subject, Classification classification, Evidence evidence) {

  /** What the subjects of {@link #subjectOfWait} begin with. */
  public static final String WAITING = "waiting/";

  /** Of a wait in which no machine was named. */
  public static final String ANY_HOST = "any host";

  /**
   * The subject of what videos wait for: one for all that wait for the same. Whoever reads rows
   * composes it of theirs, so that its parts are those of a row.
   *
   * @param host that was named, or {@link #ANY_HOST}
   * @param root of the library whose mount is gone, an absolute path; empty where it is no mount
   */
  public static String subjectOfWait(FailureStage stage, String code, String host, String root) {
    return WAITING + stage.code() + "/" + code + "/" + host + root;
  }

  /**
   * The subject of what the janitor is to do: whoever finds it undone may say so, and the janitor
   * that it is done.
   *
   * @param part of its round, such as {@code work folder of <host>}
   */
  public static String subjectOfJanitor(String part) {
    return "janitor/" + part;
  }
}
