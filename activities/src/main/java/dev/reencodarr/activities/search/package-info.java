/** Measures points of a video's curve with ab-av1's samples. */
@NullMarked
package dev.reencodarr.activities.search;

import org.jspecify.annotations.NullMarked;
