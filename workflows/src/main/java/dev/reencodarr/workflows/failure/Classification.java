package dev.reencodarr.workflows.failure;

/**
 * The judgement of a failure.
 *
 * @param code of the contract, such as {@code EXIT_137} or {@code FILE_ACCESS}
 * @param message for people, one line
 */
public record Classification(
    FailureStage stage, FailureCategory category, String code, String message, Reaction reaction) {}
