/**
 * Whether somebody watches, as media servers tell it, and for how long that holds up heavy work.
 */
@NullMarked
package dev.reencodarr.workflows.watching;

import org.jspecify.annotations.NullMarked;
