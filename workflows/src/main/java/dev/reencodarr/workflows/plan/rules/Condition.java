package dev.reencodarr.workflows.plan.rules;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;

/** A condition that is known to fit the facts. */
@FunctionalInterface
public interface Condition {

  /**
   * Whether it holds.
   *
   * @param facts every {@link Fact} by its variable
   * @throws CelEvaluationException where it cannot be told, such as by a division by 0
   */
  boolean holds(Map<String, Object> facts) throws CelEvaluationException;
}
