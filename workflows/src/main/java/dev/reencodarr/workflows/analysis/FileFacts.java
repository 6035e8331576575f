package dev.reencodarr.workflows.analysis;

import dev.reencodarr.workflows.media.SourceIdentity;

/**
 * What the file system says of a file.
 *
 * @param identity of its content
 * @param hardLinks the number of names of the inode, at least 1
 * @param symlink whether the path is a symbolic link
 */
public record FileFacts(SourceIdentity identity, int hardLinks, boolean symlink) {}
