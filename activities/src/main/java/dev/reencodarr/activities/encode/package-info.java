/** Encodes with ab-av1: arguments, progress, jobs that outlive their worker. */
@NullMarked
package dev.reencodarr.activities.encode;

import org.jspecify.annotations.NullMarked;
