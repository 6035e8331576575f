/** What happens to titles and files, told to history and webhooks. */
@NullMarked
package dev.reencodarr.fakearr.event;

import org.jspecify.annotations.NullMarked;
