/** Looks at files: what the file system and ffprobe say of them. */
@NullMarked
package dev.reencodarr.activities.analysis;

import org.jspecify.annotations.NullMarked;
