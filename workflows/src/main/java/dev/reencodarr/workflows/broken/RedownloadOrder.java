package dev.reencodarr.workflows.broken;

/**
 * Another copy of a broken source is to be got.
 *
 * @param source id of its row
 * @param zone whose machines see the file
 */
public record RedownloadOrder(long source, String zone) {}
