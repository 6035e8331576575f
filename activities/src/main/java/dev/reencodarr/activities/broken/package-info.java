/** Checks of sources before any work on them. */
@NullMarked
package dev.reencodarr.activities.broken;

import org.jspecify.annotations.NullMarked;
