/** Requests and replies against the vendors' own documents. */
@NullMarked
package dev.reencodarr.fakearr.judge;

import org.jspecify.annotations.NullMarked;
