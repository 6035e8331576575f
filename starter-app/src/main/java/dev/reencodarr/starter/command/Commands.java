package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Roots.RootRefused;
import dev.reencodarr.activities.store.SettingsInvalid;
import dev.reencodarr.starter.stack.StackFailed;
import dev.reencodarr.starter.tools.InstallationFailed;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import picocli.CommandLine;

/** All commands, and what becomes of their errors. */
public final class Commands {

  /** SQL's class of states where a password is wrong or missing. */
  private static final String NOT_AUTHORISED = "28";

  private final Surroundings surroundings;

  public Commands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command; the exit code is one of {@link ExitCode}. */
  public int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  CommandLine commandLine() {
    CommandLine library =
        new CommandLine(new LibraryCommand())
            .addSubcommand(new LibraryAddCommand(surroundings))
            .addSubcommand(new LibraryListCommand(surroundings))
            .addSubcommand(new LibraryRemoveCommand(surroundings))
            .addSubcommand(new LibraryScanCommand(surroundings));
    CommandLine settings =
        new CommandLine(new SettingsCommand()).addSubcommand(new SettingsShowCommand(surroundings));
    CommandLine commands =
        new CommandLine(new ReencodarrCommand())
            .addSubcommand(new RunCommand(surroundings))
            .addSubcommand(new DemoCommand(surroundings))
            .addSubcommand(new UpCommand(surroundings))
            .addSubcommand(new DownCommand(surroundings))
            .addSubcommand(new StatusCommand(surroundings))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand("settings", settings)
            .addSubcommand("library", library)
            .addSubcommand(new EnqueueCommand(surroundings))
            .addSubcommand(new VideosCommand(surroundings))
            .addSubcommand(new ShowCommand(surroundings))
            .addSubcommand(new RetryCommand(surroundings))
            .addSubcommand(new CancelCommand(surroundings))
            .addSubcommand(new UndoCommand(surroundings))
            .addSubcommand(new InstallCommand(surroundings))
            .addSubcommand(new SuperviseCommand(surroundings))
            .addSubcommand(new TrainCommand(surroundings));
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
  }

  private int report(Exception failure) {
    CommandFailed told = inPlainWords(failure);
    surroundings.say("reencodarr: " + told.getMessage());
    return told.exitCode().code();
  }

  private CommandFailed inPlainWords(Exception failure) {
    return switch (failure) {
      case CommandFailed told -> told;
      case InstallationFailed told -> new CommandFailed(ExitCode.FAILED, message(told), told);
      case StackFailed told -> new CommandFailed(ExitCode.FAILED, message(told), told);
      case SettingsInvalid told -> new CommandFailed(ExitCode.USAGE, message(told), told);
      case RootRefused told -> new CommandFailed(ExitCode.USAGE, message(told), told);
      case CannotGetJdbcConnectionException away -> withoutDatabase(away);
      case CannotCreateTransactionException away -> withoutDatabase(away);
      case BadSqlGrammarException old ->
          CommandFailed.unreachable(
              "the database has not the tables of this version (a worker creates them when it"
                  + " starts): "
                  + root(old));
      case DataAccessException other ->
          new CommandFailed(ExitCode.FAILED, "the database refused: " + root(other), other);
      case WorkflowServiceException away when isUnavailable(away.getCause()) ->
          CommandFailed.unreachable("Temporal does not answer: " + root(away));
      case StatusRuntimeException away when isUnavailable(away) ->
          CommandFailed.unreachable("Temporal does not answer: " + root(away));
      default -> unexpected(failure);
    };
  }

  private static CommandFailed withoutDatabase(Exception failure) {
    return refusesUs(failure)
        ? new CommandFailed(
            ExitCode.UNREACHABLE,
            "the database lets nobody in without the right password (database_password_file): "
                + root(failure),
            failure)
        : CommandFailed.unreachable("the database does not answer: " + root(failure));
  }

  /** Whether a database is there, and does not take who we say we are. */
  static boolean refusesUs(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && String.valueOf(refused.getSQLState()).startsWith(NOT_AUTHORISED)) {
        return true;
      }
    }
    return false;
  }

  private CommandFailed unexpected(Exception failure) {
    failure.printStackTrace(surroundings.err());
    return new CommandFailed(
        ExitCode.FAILED, "an error of the program itself: " + failure, failure);
  }

  private static boolean isUnavailable(@Nullable Throwable failure) {
    if (!(failure instanceof StatusRuntimeException status)) {
      return false;
    }
    Status.Code code = status.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private static String message(Exception told) {
    return String.valueOf(told.getMessage());
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
