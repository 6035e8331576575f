/** What goes wrong on demand. */
@NullMarked
package dev.reencodarr.fakearr.fault;

import org.jspecify.annotations.NullMarked;
