/** What follows a replacement, beyond the files: whoever plays or manages them is told. */
@NullMarked
package dev.reencodarr.workflows.sync;

import org.jspecify.annotations.NullMarked;
