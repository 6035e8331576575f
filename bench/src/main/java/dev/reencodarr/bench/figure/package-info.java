/** What was measured and how it is shown. */
@NullMarked
package dev.reencodarr.bench.figure;

import org.jspecify.annotations.NullMarked;
