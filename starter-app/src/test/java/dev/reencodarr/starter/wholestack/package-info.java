/** The whole program as its users run it: real processes, real tools, real files. */
@NullMarked
package dev.reencodarr.starter.wholestack;

import org.jspecify.annotations.NullMarked;
