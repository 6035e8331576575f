/** The real tools and clips: which are fit, and the installation of those that are missing. */
@NullMarked
package dev.reencodarr.starter.tools;

import org.jspecify.annotations.NullMarked;
