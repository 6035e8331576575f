/** The janitor: what reconciles rows, workflows and disk, and what it says of it. */
@NullMarked
package dev.reencodarr.workflows.janitor;

import org.jspecify.annotations.NullMarked;
