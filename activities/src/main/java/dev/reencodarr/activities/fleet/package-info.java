/** The fleet as a whole: how it stands, and what operators say to it. */
@NullMarked
package dev.reencodarr.activities.fleet;

import org.jspecify.annotations.NullMarked;
