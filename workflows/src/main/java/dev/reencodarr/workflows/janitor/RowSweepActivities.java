package dev.reencodarr.workflows.janitor;

import io.temporal.activity.ActivityInterface;

/** What the janitor does with rows and workflows; runs on {@code control}. */
@ActivityInterface(namePrefix = "RowSweep")
public interface RowSweepActivities {

  /** Where to go this time. */
  JanitorRounds rounds(JanitorOrder order);

  /**
   * Swaps and undos that were begun and that nobody is at work on are handed to a {@link
   * SettleWorkflow} each, which is not waited for.
   */
  Swept unfinishedReplacements();

  /**
   * Videos at work without a workflow go back to what they were, or are started again where a
   * request wants them; requests that no library's workflow knows are handed to one.
   */
  Swept rowsWithoutWorkflow();

  /** Workflows of videos that no row knows are cancelled; those that do not hear it, terminated. */
  Swept workflowsWithoutRow();

  /** Keeps the report, for {@code status}. */
  void ended(JanitorReport report);
}
