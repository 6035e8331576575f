/** What encodes will save and cost, estimated before they are made, and how sure that is. */
@NullMarked
package dev.reencodarr.workflows.forecast;

import org.jspecify.annotations.NullMarked;
