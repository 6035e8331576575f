package dev.reencodarr.workflows.search;

import java.util.List;

/**
 * What a search has decided to do, as histories keep it: a search that was begun goes on by what it
 * was told, whatever later releases would do.
 *
 * @param steps one, or several measurements at once; never none
 */
public record NextSteps(List<SearchStep> steps) {}
