/**
 * Folders of libraries on local disks are watched: what has changed in them and has been still for
 * a while is looked at by the library's own workflow, long before the next scan.
 */
@NullMarked
package dev.reencodarr.activities.library.change;

import org.jspecify.annotations.NullMarked;
