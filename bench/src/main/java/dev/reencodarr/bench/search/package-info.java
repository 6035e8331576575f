/** Our search of a CRF against ab-av1's own. */
@NullMarked
package dev.reencodarr.bench.search;

import org.jspecify.annotations.NullMarked;
