package dev.reencodarr.fakearr.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** What commands do. */
public interface CommandWork {

  /** The command's name as the program spells it; empty for one that it does not know. */
  Optional<String> spelled(String name);

  /**
   * Does it.
   *
   * @return what the program says of it
   * @throws IOException as a command fails
   */
  String run(String name, ObjectNode arguments) throws IOException;
}
