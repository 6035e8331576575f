/** What may depend on what in the worker. */
@NullMarked
package dev.reencodarr.worker.architecture;

import org.jspecify.annotations.NullMarked;
