/** Rules as data: conditions over the facts of a file, and what they set for it. */
@NullMarked
package dev.reencodarr.workflows.plan.rules;

import org.jspecify.annotations.NullMarked;
