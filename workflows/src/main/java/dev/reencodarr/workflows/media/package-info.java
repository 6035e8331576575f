/** What a media file is called: ids, paths, the identity of its content, states, encoders. */
@NullMarked
package dev.reencodarr.workflows.media;

import org.jspecify.annotations.NullMarked;
