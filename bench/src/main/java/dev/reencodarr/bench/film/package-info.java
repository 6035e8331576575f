/** Short films to measure with, made of real ones. */
@NullMarked
package dev.reencodarr.bench.film;

import org.jspecify.annotations.NullMarked;
