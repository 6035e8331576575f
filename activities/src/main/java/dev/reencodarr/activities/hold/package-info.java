/**
 * What holds up the heavy work of this machine: windows that are closed, people who watch. Decided
 * elsewhere; done here.
 */
@NullMarked
package dev.reencodarr.activities.hold;

import org.jspecify.annotations.NullMarked;
