/** The rows of connections to Sonarr and Radarr, of what they manage, and of syncs. */
@NullMarked
package dev.reencodarr.activities.store.sync;

import org.jspecify.annotations.NullMarked;
