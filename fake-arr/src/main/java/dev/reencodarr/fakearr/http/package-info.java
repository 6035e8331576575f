/** Requests and replies, and the server that they come through. */
@NullMarked
package dev.reencodarr.fakearr.http;

import org.jspecify.annotations.NullMarked;
