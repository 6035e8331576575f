/** Programs that the command line starts, and processes that outlive it. */
@NullMarked
package dev.reencodarr.starter.process;

import org.jspecify.annotations.NullMarked;
