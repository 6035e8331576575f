/** All workers and all videos at once: what operators say to them, and how they stand. */
@NullMarked
package dev.reencodarr.workflows.fleet;

import org.jspecify.annotations.NullMarked;
