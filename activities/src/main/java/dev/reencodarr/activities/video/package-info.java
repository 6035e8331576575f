/** The row of a video as its workflow writes it, and what Temporal knows of that workflow. */
@NullMarked
package dev.reencodarr.activities.video;

import org.jspecify.annotations.NullMarked;
