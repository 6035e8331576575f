/**
 * When heavy work may run: windows of the week, by local time. What closes and opens with them is
 * done by the activities of the same subject.
 */
@NullMarked
package dev.reencodarr.workflows.window;

import org.jspecify.annotations.NullMarked;
