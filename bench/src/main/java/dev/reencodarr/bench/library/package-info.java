/** A small library worked off, against a loop of the tool alone. */
@NullMarked
package dev.reencodarr.bench.library;

import org.jspecify.annotations.NullMarked;
