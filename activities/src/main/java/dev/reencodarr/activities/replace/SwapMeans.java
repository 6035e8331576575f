package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.Settings;

/**
 * What every swap and undo of a worker works with.
 *
 * @param libraries says whether a library's mount is there
 * @param calls what mounts may refuse
 */
record SwapMeans(Settings.Limits limits, LibraryGuard libraries, MountCalls calls) {}
