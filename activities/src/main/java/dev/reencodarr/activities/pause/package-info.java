/** What steps at work know of what operators have paused. */
@NullMarked
package dev.reencodarr.activities.pause;

import org.jspecify.annotations.NullMarked;
