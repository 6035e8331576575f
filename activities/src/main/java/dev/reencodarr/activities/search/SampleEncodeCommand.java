package dev.reencodarr.activities.search;

import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of one probe. */
final class SampleEncodeCommand {

  private SampleEncodeCommand() {}

  static List<String> of(ToolSet tools, ProbeRequest request, Path input, Path temp, int threads) {
    ProbeSetting setting = request.setting();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tools.abAv1().toString(), "sample-encode"));
    command.addAll(List.of("--input", input.toString()));
    command.addAll(List.of("--encoder", setting.encoder().ffmpegName()));
    command.addAll(List.of("--crf", Double.toString(request.crf())));
    command.addAll(List.of("--preset", Integer.toString(setting.preset())));
    command.addAll(List.of("--pix-format", setting.pixelFormat()));
    command.addAll(setting.encodeArguments());
    command.addAll(EncoderThreads.arguments(setting.encoder(), threads));
    command.addAll(setting.scoring().arguments());
    command.addAll(List.of("--vmaf", "n_threads=" + threads));
    command.addAll(List.of("--cache", "false", "--stdout-format", "json"));
    command.addAll(List.of("--temp-dir", temp.toString()));
    return List.copyOf(command);
  }
}
