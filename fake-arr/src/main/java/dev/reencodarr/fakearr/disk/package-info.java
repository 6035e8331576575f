/** What the program does on disk: looks, renames, deletes. */
@NullMarked
package dev.reencodarr.fakearr.disk;

import org.jspecify.annotations.NullMarked;
