/** The vocabulary of failures, their classification and the reaction to each. */
@NullMarked
package dev.reencodarr.workflows.failure;

import org.jspecify.annotations.NullMarked;
