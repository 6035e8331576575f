/** Verifies results, swaps files through a journal, keeps originals in quarantine, undoes. */
@NullMarked
package dev.reencodarr.activities.replace;

import org.jspecify.annotations.NullMarked;
