/** What it costs that no film is lost: verification, swap, and the hash that knows a file again. */
@NullMarked
package dev.reencodarr.bench.safety;

import org.jspecify.annotations.NullMarked;
