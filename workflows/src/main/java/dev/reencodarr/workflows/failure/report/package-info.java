/** What is said of failures later: report, overview, the critical ones, and what to do. */
@NullMarked
package dev.reencodarr.workflows.failure.report;

import org.jspecify.annotations.NullMarked;
