/** What it costs to ask rules about a large library. */
@NullMarked
package dev.reencodarr.bench.rules;

import org.jspecify.annotations.NullMarked;
