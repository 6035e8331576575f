/** Settings, and how they turn facts into the wanted encode. */
@NullMarked
package dev.reencodarr.workflows.plan;

import org.jspecify.annotations.NullMarked;
