/** How long it takes to look through what a Sonarr and a Radarr manage. */
@NullMarked
package dev.reencodarr.bench.sync;

import org.jspecify.annotations.NullMarked;
