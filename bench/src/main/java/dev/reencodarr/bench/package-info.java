/**
 * Benchmarks: what is promised of speed and memory, measured, each against a peer on the same work.
 */
@NullMarked
package dev.reencodarr.bench;

import org.jspecify.annotations.NullMarked;
