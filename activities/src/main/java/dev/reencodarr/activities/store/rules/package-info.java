/** What rules make of the videos that are in the database. */
@NullMarked
package dev.reencodarr.activities.store.rules;

import org.jspecify.annotations.NullMarked;
