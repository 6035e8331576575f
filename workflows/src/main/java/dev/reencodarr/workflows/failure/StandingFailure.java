package dev.reencodarr.workflows.failure;

/**
 * What fails now and is no video's: a queue that a worker does not serve, a library's scan, a part
 * of the janitor's round, a sync. It stands until its subject works again.
 *
 * @param subject what fails, by a name that stays the same: {@code library/<id>}
 * @param classification with a message that names the subject in words of people
 */
public record StandingFailure(String subject, Classification classification, Evidence evidence) {}
