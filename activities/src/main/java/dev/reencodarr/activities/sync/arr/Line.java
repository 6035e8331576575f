package dev.reencodarr.activities.sync.arr;

import retrofit2.Retrofit;

/**
 * To one of the programs.
 *
 * @param whole for lists of the whole library: it waits longer
 */
record Line(Retrofit ordinary, Retrofit whole, Conversation conversation) {}
