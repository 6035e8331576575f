package dev.reencodarr.workflows.library;

/**
 * What a walk over a library came across.
 *
 * @param files video files seen
 * @param known unchanged since they were last looked at
 * @param taken new or changed: to be analysed
 * @param beingWritten left alone: somebody still writes them
 * @param refusedNames left alone: names that are not valid UTF-8
 * @param unreadable files and folders that could not be read
 * @param symlinks not followed
 * @param hardLinked with more than one name
 */
public record ScanTally(
    int files,
    int known,
    int taken,
    int beingWritten,
    int refusedNames,
    int unreadable,
    int symlinks,
    int hardLinked) {}
