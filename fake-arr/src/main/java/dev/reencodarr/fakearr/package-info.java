/**
 * A Sonarr or Radarr that tests and benchmarks start for themselves, with a real folder if need be.
 */
@NullMarked
package dev.reencodarr.fakearr;

import org.jspecify.annotations.NullMarked;
