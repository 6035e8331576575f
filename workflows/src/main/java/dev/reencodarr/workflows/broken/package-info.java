/** Sources that cannot be decoded from end to end: how they are found, and how others are got. */
@NullMarked
package dev.reencodarr.workflows.broken;

import org.jspecify.annotations.NullMarked;
