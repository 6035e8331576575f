package dev.reencodarr.workflows.failure;

/**
 * What fails now and is no video's: a queue that a worker does not serve, a library's scan, a part
 * of the janitor's round, a sync. It stands until its subject works again.
 *
 * @param subject what fails, by a name that stays the same: {@code library/<id>}
 * @param classification with a message that names the subject in words of people
 */
public record StandingFailure(String subject, Classification classification, Evidence evidence) {

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
