package dev.reencodarr.bench.search;

import java.util.OptionalDouble;

/**
 * What a search of one file came to.
 *
 * @param crf empty where the file is refused
 * @param probes encodes of its samples
 * @param looks of them, those that were scored cheaply
 * @param seconds wall time
 * @param cpuSeconds of all programs
 */
record Searched(OptionalDouble crf, int probes, int looks, double seconds, double cpuSeconds) {}
