/** Rows of media servers: their connections, who watches there, and what they are to be told. */
@NullMarked
package dev.reencodarr.activities.store.media;

import org.jspecify.annotations.NullMarked;
