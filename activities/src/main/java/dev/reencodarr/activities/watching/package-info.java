/** Media servers by HTTP: who watches there, and what they are told of. */
@NullMarked
package dev.reencodarr.activities.watching;

import org.jspecify.annotations.NullMarked;
