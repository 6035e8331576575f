/** The rows of broken sources, and of what checks have shown. */
@NullMarked
package dev.reencodarr.activities.store.broken;

import org.jspecify.annotations.NullMarked;
