/** How activities speak with Temporal: heartbeats, and failures that carry their evidence. */
@NullMarked
package dev.reencodarr.activities.temporal;

import org.jspecify.annotations.NullMarked;
