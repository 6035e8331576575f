/** The routes, and the JSON that they speak. */
@NullMarked
package dev.reencodarr.fakearr.api;

import org.jspecify.annotations.NullMarked;
