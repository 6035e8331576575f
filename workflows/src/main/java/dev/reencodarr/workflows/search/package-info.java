/** The CRF search: which CRF to probe next, when to stop, which ladder rung follows. */
@NullMarked
package dev.reencodarr.workflows.search;

import org.jspecify.annotations.NullMarked;
