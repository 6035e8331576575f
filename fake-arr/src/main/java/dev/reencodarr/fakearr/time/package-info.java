/** The program's clock, which a test may set forward. */
@NullMarked
package dev.reencodarr.fakearr.time;

import org.jspecify.annotations.NullMarked;
