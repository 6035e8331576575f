package dev.reencodarr.activities.sync.arr;

/**
 * Who answers.
 *
 * @param appName Sonarr, Radarr, or whatever was reached instead
 * @param urlBase such as {@code /sonarr}; empty for none
 */
public record ArrStatus(String appName, String instanceName, String version, String urlBase) {}
