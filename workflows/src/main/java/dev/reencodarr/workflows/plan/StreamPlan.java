package dev.reencodarr.workflows.plan;

import java.util.List;

/**
 * What becomes of the streams of a file, and the arguments that make it so.
 *
 * @param streams by index
 * @param encodeArguments of {@code ab-av1 encode}
 * @param prepareArguments as in {@link EncodePlan}
 */
record StreamPlan(
    List<PlannedStream> streams, List<String> encodeArguments, List<String> prepareArguments) {}
