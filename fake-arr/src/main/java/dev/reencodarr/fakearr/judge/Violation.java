package dev.reencodarr.fakearr.judge;

/**
 * Something that the vendor's document does not allow.
 *
 * @param byRequest whether the asker did it; else it was the answer
 * @param line first line of the request
 * @param what in the validator's words
 */
public record Violation(boolean byRequest, String line, String what) {}
