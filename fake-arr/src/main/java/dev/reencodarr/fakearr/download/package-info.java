/** What comes from outside: grabs, imports, upgrades. */
@NullMarked
package dev.reencodarr.fakearr.download;

import org.jspecify.annotations.NullMarked;
