/** Notifications that are told to others by HTTP. */
@NullMarked
package dev.reencodarr.fakearr.webhook;

import org.jspecify.annotations.NullMarked;
