/** What the janitor does: to rows and workflows, in libraries, in the work folder of a machine. */
@NullMarked
package dev.reencodarr.activities.janitor;

import org.jspecify.annotations.NullMarked;
