/** The only place that starts and ends programs. */
@NullMarked
package dev.reencodarr.activities.process;

import org.jspecify.annotations.NullMarked;
