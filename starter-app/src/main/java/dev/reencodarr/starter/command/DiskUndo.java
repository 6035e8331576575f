package dev.reencodarr.starter.command;

import dev.reencodarr.activities.replace.UndoFromDisk;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Puts originals back by what lies in the libraries alone. */
final class DiskUndo {

  private final Surroundings surroundings;

  DiskUndo(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Everything that the quarantine folders at or below these folders keep. */
  ExitCode of(List<String> typed) throws CommandFailed, IOException {
    if (isDatabaseThere()) {
      throw CommandFailed.usage(
          "the database is there and knows more: use undo without --from-disk");
    }
    Targets targets = new Targets(surroundings.workingFolder());
    int undone = 0;
    int failed = 0;
    for (String text : typed) {
      for (Path folder : UndoFromDisk.quarantineFolders(targets.absolute(text))) {
        if (undo(folder)) {
          undone++;
        } else {
          failed++;
        }
      }
    }
    surroundings.out().println(Figures.count(undone, "original") + " put back");
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private boolean isDatabaseThere() {
    try (Connections connections = Connections.of(surroundings)) {
      connections.database().client().sql("select 1").query(Integer.class).single();
      return true;
    } catch (CommandFailed | DataAccessException lost) {
      return false;
    }
  }

  private boolean undo(Path folder) {
    String name = Printable.of(folder.toString());
    try {
      return switch (UndoFromDisk.undo(folder)) {
        case UndoOutcome.Undone undone -> {
          surroundings.say(
              name + ": the original is back at " + Printable.of(undone.path().value()));
          yield true;
        }
        case UndoOutcome.Refused refused -> {
          surroundings.say(name + ": not undone: " + Printable.of(refused.why()));
          yield false;
        }
      };
    } catch (IOException e) {
      surroundings.say(name + ": not undone: " + Printable.of(String.valueOf(e.getMessage())));
      return false;
    }
  }
}
