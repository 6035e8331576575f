/** Sonarr and Radarr: what they manage is known here, and what was replaced is told there. */
@NullMarked
package dev.reencodarr.activities.sync;

import org.jspecify.annotations.NullMarked;
