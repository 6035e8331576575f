/** How long reports of very many failures take. */
@NullMarked
package dev.reencodarr.bench.failures;

import org.jspecify.annotations.NullMarked;
