/** Encoders, and what an encode is asked to do and answers. */
@NullMarked
package dev.reencodarr.workflows.encode;

import org.jspecify.annotations.NullMarked;
