/** How soon webhooks are answered, and whether what they tell is lost when a server goes. */
@NullMarked
package dev.reencodarr.bench.webhooks;

import org.jspecify.annotations.NullMarked;
