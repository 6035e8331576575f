package dev.reencodarr.activities.sync.arr;

/** A folder below which titles have theirs; whether the program itself can reach it. */
public record RootFolder(String path, boolean accessible) {}
