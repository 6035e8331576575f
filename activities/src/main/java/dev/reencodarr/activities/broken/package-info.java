/** Broken sources: how they are found and noted, and how others are got in their place. */
@NullMarked
package dev.reencodarr.activities.broken;

import org.jspecify.annotations.NullMarked;
