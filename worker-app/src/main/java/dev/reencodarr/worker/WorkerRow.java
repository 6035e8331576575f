package dev.reencodarr.worker;

import java.util.List;
import java.util.Map;

/** The worker's row in the database, which {@code status} and {@code doctor} read. */
interface WorkerRow {

  /**
   * @param paused queue to reason
   */
  void seen(List<String> queues, Map<String, String> paused);

  void gone();
}
