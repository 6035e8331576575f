package dev.reencodarr.workflows.sync;

/**
 * A file of a connection that was replaced or put back, of which the connection is to be told.
 *
 * @param id of its row
 * @param connection its name
 */
public record FileTelling(long id, String connection, ArrKind kind) {}
