package dev.reencodarr.starter.command;

import dev.reencodarr.activities.replace.UndoFromDisk;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    List<Ending> endings = new ArrayList<>();
    for (String text : typed) {
      for (Path folder : UndoFromDisk.quarantineFolders(targets.absolute(text))) {
        endings.add(undo(folder));
      }
    }
    int undone = Collections.frequency(endings, Ending.UNDONE);
    surroundings.out().println(Figures.count(undone, "original") + " put back");
    return endings.contains(Ending.FAILED) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private boolean isDatabaseThere() {
    try (Connections connections = Connections.of(surroundings)) {
      connections.database().client().sql("select 1").query(Integer.class).single();
      return true;
    } catch (CommandFailed | DataAccessException lost) {
      return false;
    }
  }

  private enum Ending {
    UNDONE,
    BACK_ALREADY,
    FAILED
  }

  private Ending undo(Path folder) {
    String name = Printable.of(folder.toString());
    try {
      Optional<UndoOutcome> outcome = UndoFromDisk.undo(folder);
      return outcome.isPresent() ? told(name, outcome.get()) : Ending.BACK_ALREADY;
    } catch (IOException e) {
      return failed(name, String.valueOf(e.getMessage()));
    }
  }

  private Ending told(String name, UndoOutcome outcome) {
    return switch (outcome) {
      case UndoOutcome.Undone undone -> {
        surroundings.say(name + ": the original is back at " + Printable.of(undone.path().value()));
        yield Ending.UNDONE;
      }
      case UndoOutcome.Refused refused -> failed(name, refused.why());
    };
  }

  private Ending failed(String name, String why) {
    surroundings.say(name + ": not undone: " + Printable.of(why));
    return Ending.FAILED;
  }
}
