/** Libraries and the workflow that scans one and starts its videos. */
@NullMarked
package dev.reencodarr.workflows.library;

import org.jspecify.annotations.NullMarked;
