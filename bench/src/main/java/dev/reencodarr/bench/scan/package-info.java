/** Many files looked through, against the prober alone. */
@NullMarked
package dev.reencodarr.bench.scan;

import org.jspecify.annotations.NullMarked;
