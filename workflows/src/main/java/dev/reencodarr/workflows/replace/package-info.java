/** What must hold before a result may take the place of its source, and what came of it. */
@NullMarked
package dev.reencodarr.workflows.replace;

import org.jspecify.annotations.NullMarked;
