package dev.reencodarr.workflows.janitor;

/**
 * One thing that a janitor came across.
 *
 * @param line for people: what it was and what became of it
 */
public record Finding(FindingKind kind, String line) {}
