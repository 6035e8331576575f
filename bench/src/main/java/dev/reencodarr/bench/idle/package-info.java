/** The stack while nobody wants anything of it. */
@NullMarked
package dev.reencodarr.bench.idle;

import org.jspecify.annotations.NullMarked;
