/** What people see: tables, JSON, progress. */
@NullMarked
package dev.reencodarr.starter.view;

import org.jspecify.annotations.NullMarked;
