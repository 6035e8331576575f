package dev.reencodarr.workflows.forecast;

/** A video whose size at the target was measured, before or after an encode. */
public record Known(Source source, AtTarget size) {}
