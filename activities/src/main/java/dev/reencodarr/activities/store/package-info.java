/** What is kept: the settings file, and PostgreSQL. The only SQL; one repository a table. */
@NullMarked
package dev.reencodarr.activities.store;

import org.jspecify.annotations.NullMarked;
