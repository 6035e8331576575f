package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.plan.SettingValue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Every setting with its value and its origin. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Prints each setting, its value and where that comes from.")
final class SettingsShowCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  SettingsShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A setting in JSON. */
  private record SettingView(String key, String value, String origin, String why) {

    static SettingView of(SettingValue value) {
      return new SettingView(value.key().key(), value.text(), value.origin(), value.key().why());
    }
  }

  @Override
  public Integer call() {
    List<SettingView> settings =
        SettingsFile.read(surroundings.home().folder(), surroundings.environment())
            .values()
            .stream()
            .map(SettingView::of)
            .toList();
    if (format.isJson()) {
      surroundings.out().println(Json.of(settings));
    } else {
      Table table = new Table().text("setting").text("value").text("from").text("what it is");
      settings.forEach(
          setting -> table.row(setting.key(), setting.value(), setting.origin(), setting.why()));
      table.lines().forEach(surroundings.out()::println);
    }
    return ExitCode.DONE.code();
  }
}
