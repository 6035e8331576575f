/** Hears Sonarr and Radarr: what their webhooks tell is kept, and handed on until it is taken. */
@NullMarked
package dev.reencodarr.activities.sync.webhook;

import org.jspecify.annotations.NullMarked;
