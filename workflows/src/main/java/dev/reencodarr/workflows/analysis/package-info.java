/** What ffprobe knows of a file, and which files are skipped because of it. */
@NullMarked
package dev.reencodarr.workflows.analysis;

import org.jspecify.annotations.NullMarked;
