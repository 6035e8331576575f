/** The worker: which queues this machine serves, with what code, and how it starts and stops. */
@NullMarked
package dev.reencodarr.worker;

import org.jspecify.annotations.NullMarked;
