/** Looking through libraries, and starting the workflows of their videos. */
@NullMarked
package dev.reencodarr.activities.library;

import org.jspecify.annotations.NullMarked;
