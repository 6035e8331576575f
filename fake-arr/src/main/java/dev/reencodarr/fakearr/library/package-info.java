/** Titles, their parts and their files, as the program knows them. */
@NullMarked
package dev.reencodarr.fakearr.library;

import org.jspecify.annotations.NullMarked;
