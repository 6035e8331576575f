/**
 * What operators say to videos and libraries: the rows, and the workflows that are told. The one
 * place for the command line and for the fleet's workflow.
 */
@NullMarked
package dev.reencodarr.activities.store.order;

import org.jspecify.annotations.NullMarked;
