/** The commands, one class each. */
@NullMarked
package dev.reencodarr.starter.command;

import org.jspecify.annotations.NullMarked;
