/** What has happened, for those who ask later. */
@NullMarked
package dev.reencodarr.fakearr.history;

import org.jspecify.annotations.NullMarked;
