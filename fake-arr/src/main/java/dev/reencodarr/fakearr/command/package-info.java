/** Commands, one after the other, with all the ends that they may come to. */
@NullMarked
package dev.reencodarr.fakearr.command;

import org.jspecify.annotations.NullMarked;
