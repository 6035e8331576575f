/** What was measured and what is still to be done, brought together into forecasts. */
@NullMarked
package dev.reencodarr.activities.store.forecast;

import org.jspecify.annotations.NullMarked;
