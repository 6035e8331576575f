/** The local stack: PostgreSQL, Temporal and the worker of one machine. */
@NullMarked
package dev.reencodarr.starter.stack;

import org.jspecify.annotations.NullMarked;
