/** The built program as people use it, in a home of its own, and what its processes use. */
@NullMarked
package dev.reencodarr.bench.stack;

import org.jspecify.annotations.NullMarked;
