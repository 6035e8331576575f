/**
 * Secrets of connections: encrypted in PostgreSQL, under a key that lies in the home folder of the
 * machines that need them. Rows, payloads and logs carry their ids alone.
 */
@NullMarked
package dev.reencodarr.activities.store.secret;

import org.jspecify.annotations.NullMarked;
