/**
 * Sonarr and Radarr, in one language: what is asked of them over HTTP, and what they answer, which
 * is trusted in nothing.
 */
@NullMarked
package dev.reencodarr.activities.sync.arr;

import org.jspecify.annotations.NullMarked;
