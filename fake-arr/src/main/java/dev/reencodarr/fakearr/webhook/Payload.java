package dev.reencodarr.fakearr.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What is told of an event.
 *
 * @param flags all of which a notification has to have to be told
 */
record Payload(Set<String> flags, String eventType, ObjectNode body) {
  Payload {
    flags = Set.copyOf(flags);
  }
}
