/** How Temporal is used: task queues, ids, options, search attributes, payloads. */
@NullMarked
package dev.reencodarr.workflows.temporal;

import org.jspecify.annotations.NullMarked;
