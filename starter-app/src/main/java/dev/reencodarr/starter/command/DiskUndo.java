package dev.reencodarr.starter.command;

import dev.reencodarr.activities.replace.UndoFromDisk;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.starter.stack.RunFolder;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Files;
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

  /**
   * Everything that the quarantine folders at or below these folders keep. There is no fence
   * without a database: so nobody may be at work, which a database that does not answer does not
   * show.
   *
   * @param databaseIsLost people say so, and that nothing is at work on these files
   */
  ExitCode of(List<String> typed, boolean databaseIsLost) throws CommandFailed, IOException {
    if (isDatabaseThere()) {
      throw CommandFailed.usage(
          "the database is there and knows more: use undo without --from-disk");
    }
    if (!databaseIsLost) {
      requireLocalDatabase();
    }
    RunFolder runFolder = new RunFolder(surroundings.home().run());
    // as long as it is held, no stack starts on this home
    try (RunFolder.Held _ = runFolder.hold().orElseThrow(DiskUndo::stackRuns)) {
      if (runFolder.isAnybodyLeft()) {
        throw stackRuns();
      }
      return undoAll(typed);
    }
  }

  private static CommandFailed stackRuns() {
    return CommandFailed.usage(
        "programs of this home's stack are running: stop them first, by ./reencodarr down");
  }

  private ExitCode undoAll(List<String> typed) throws CommandFailed, IOException {
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

  /** Where the database is this home's own, nobody is at work once its stack is down. */
  private void requireLocalDatabase() throws CommandFailed {
    Optional<SettingValue> elsewhere =
        SettingsFile.read(surroundings.home().folder(), surroundings.environment())
            .values()
            .stream()
            .filter(value -> value.key() == SettingKey.DATABASE_URL)
            .filter(value -> !value.text().isBlank() && !value.origin().equals("run/stack.json"))
            .findFirst();
    if (elsewhere.isPresent()) {
      throw inDoubt("database_url (" + elsewhere.get().origin() + ") is set and does not answer");
    }
    if (Files.notExists(surroundings.home().postgres())) {
      throw inDoubt(
          surroundings.home().folder() + " has no database: is REENCODARR_HOME another one?");
    }
  }

  private static CommandFailed inDoubt(String why) {
    return CommandFailed.usage(
        why
            + "; workers may be at work with it. If it is lost and no worker of it runs on any"
            + " machine, say --database-is-lost too");
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
