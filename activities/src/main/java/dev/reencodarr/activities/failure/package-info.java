/** Failures are witnessed where they happen, and written down without a secret in them. */
@NullMarked
package dev.reencodarr.activities.failure;

import org.jspecify.annotations.NullMarked;
