/** What a benchmark is, and what it finds around it. */
@NullMarked
package dev.reencodarr.bench.trial;

import org.jspecify.annotations.NullMarked;
