package dev.reencodarr.activities.hold;

/**
 * A reason for which no heavy work begins.
 *
 * @param why for people, such as {@code outside its window until …}
 * @param stops whether what runs is stopped where it stands, too
 */
public record Hold(String why, boolean stops) {}
