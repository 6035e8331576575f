/** VideoWorkflow: the whole policy of one video, read from top to bottom. */
@NullMarked
package dev.reencodarr.workflows.video;

import org.jspecify.annotations.NullMarked;
