/** The command line: its entry point and the home folder. */
@NullMarked
package dev.reencodarr.starter;

import org.jspecify.annotations.NullMarked;
