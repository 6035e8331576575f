/** Chaos: a stack that is hit at random moments, and whether every file is whole afterwards. */
@NullMarked
package dev.reencodarr.bench.chaos;

import org.jspecify.annotations.NullMarked;
