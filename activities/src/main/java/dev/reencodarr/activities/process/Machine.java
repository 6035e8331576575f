package dev.reencodarr.activities.process;

import java.nio.file.Path;

/**
 * The machine that a worker runs on.
 *
 * @param host stable across restarts; names the queue {@code host@H}
 * @param zone set of machines that see the same library paths
 * @param workFolder private to this worker: {@code $REENCODARR_HOME/work}
 */
public record Machine(String host, String zone, Path workFolder) {}
