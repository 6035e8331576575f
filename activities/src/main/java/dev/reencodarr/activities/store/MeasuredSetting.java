package dev.reencodarr.activities.store;

/**
 * A setting that points of a content were measured with.
 *
 * @param settingKey of the points
 */
public record MeasuredSetting(String sampledHash, String settingKey, int preset) {}
