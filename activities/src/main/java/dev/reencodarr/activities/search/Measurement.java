package dev.reencodarr.activities.search;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.SearchPoint;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The measuring of one point. Where the film is measured by samples, they are cut once for all
 * probes of a search and each is measured by itself; where it is measured whole, or cannot be cut,
 * ab-av1 is left to it.
 */
final class Measurement {

  private static final Duration LIMIT = Duration.ofHours(12);
  private static final int STDOUT_LIMIT = 64 * 1024;

  private final ProbeRequest request;
  private final ProbeFolder folder;
  private final KeptSamples kept;
  private final SourceCheck source;
  private final ProgramRunner runner;
  private final ToolSet tools;
  private final Machine machine;
  private final int threads;
  private final List<Decoding> decoders;
  private final SampleCutter cutter;
  private final long begin = System.nanoTime();

  Measurement(
      ProbeRequest request,
      ProbeFolder folder,
      KeptSamples kept,
      SourceCheck source,
      ProgramRunner runner,
      ToolSet tools,
      Machine machine,
      int threads,
      List<Decoding> decoders) {
    this.request = request;
    this.folder = folder;
    this.kept = kept;
    this.source = source;
    this.runner = runner;
    this.tools = tools;
    this.machine = machine;
    this.threads = threads;
    this.decoders = decoders;
    this.cutter = new SampleCutter(runner, tools);
  }

  /** Tells whether the source is the analysed one still. */
  interface SourceCheck {
    boolean isUnchanged() throws IOException;
  }

  /** The point; empty if the source has changed, which is not always noticed here. */
  Optional<SearchPoint> point(Runnable everySecond) throws IOException, InterruptedException {
    Optional<KeptSamples.Lease> known = kept.find(request);
    if (known.isPresent()) {
      return Optional.of(ofSamples(known.get(), everySecond));
    }
    SampledFilm.Film film = new SampledFilm(runner, tools).within(folder, request, everySecond);
    Optional<CutSamples> cut = cutter.cut(folder, film, request.setting().samples(), everySecond);
    if (cut.isEmpty()) {
      return Optional.of(asAbAv1Does(film, everySecond));
    }
    if (!film.file().equals(folder.source())) {
      Files.delete(film.file());
    }
    return source.isUnchanged()
        ? Optional.of(ofSamples(kept.keep(request, folder.samples(), cut.get()), everySecond))
        : Optional.empty();
  }

  private SearchPoint asAbAv1Does(SampledFilm.Film film, Runnable everySecond)
      throws IOException, InterruptedException {
    if (Files.exists(folder.samples())) {
      // They could not be cut, for want of room maybe.
      ProbeFolder.remove(folder.samples());
      kept.removeIdle();
    }
    SearchPoint point =
        run(
            SampleEncodeCommand.of(tools, request, film.file(), folder.path(), threads, decoders),
            everySecond);
    boolean isOfOne =
        film.length()
            .filter(length -> request.setting().samples().samplesOf(length.seconds()) <= 1)
            .isPresent();
    return isOfOne ? point.withSamples(List.of(point.score())) : point;
  }

  private SearchPoint ofSamples(KeptSamples.Lease lease, Runnable everySecond)
      throws IOException, InterruptedException {
    Runnable using =
        () -> {
          lease.use();
          everySecond.run();
        };
    try (lease) {
      List<SampledPoint.Measured> measured = new ArrayList<>();
      for (CutSamples.Sample sample : lease.samples().samples()) {
        Path encodes = folder.ofSample(sample.file());
        Path named =
            Files.createSymbolicLink(
                encodes.resolve("sample." + lease.samples().extension()), lease.file(sample));
        SearchPoint point =
            run(
                SampleEncodeCommand.ofSample(
                    tools, request, lease.samples().film(), named, encodes, threads, decoders),
                using);
        measured.add(
            new SampledPoint.Measured(
                point, sample.bytes(), nanosOfEncode(encodes, using).orElse(sample.nanos())));
        ProbeFolder.remove(encodes);
      }
      return SampledPoint.of(request.crf(), lease.samples().film(), measured);
    }
  }

  /** ab-av1 foretells by the duration of the encode, which may differ by a millisecond or so. */
  private OptionalLong nanosOfEncode(Path encodes, Runnable everySecond)
      throws IOException, InterruptedException {
    try (DirectoryStream<Path> ofAbAv1 = Files.newDirectoryStream(encodes, ".ab-av1-*")) {
      for (Path one : ofAbAv1) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(one, "sample.*")) {
          Iterator<Path> file = files.iterator();
          if (file.hasNext()) {
            return cutter.nanosOf(folder, file.next(), everySecond);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private SearchPoint run(List<String> command, Runnable everySecond)
      throws IOException, InterruptedException {
    ProgramCall call =
        new ProgramCall(command, folder.path(), Map.of(), limit(), STDOUT_LIMIT, true);
    ProgramEnd end = runner.run(call, everySecond);
    if (end.timedOut()) {
      throw fault(EvidenceKind.TIME_LIMIT, "the probe took longer than " + LIMIT, call, end);
    }
    if (!end.succeeded()) {
      throw fault(EvidenceKind.PROCESS_EXIT, "ab-av1 sample-encode failed", call, end);
    }
    return SampleEncodeAnswer.point(
            end.stdout(), request.crf(), request.setting().scoring().metric())
        .orElseThrow(() ->
            fault(
                EvidenceKind.UNREADABLE_ANSWER,
                "ab-av1 sample-encode gave no score: " + end.stdout().strip(),
                call,
                end));
  }

  /** What is left of the limit, which is one of all samples together. */
  private Duration limit() {
    return LIMIT.minusNanos(System.nanoTime() - begin);
  }

  private ApplicationFailure fault(
      EvidenceKind kind, String message, ProgramCall call, ProgramEnd end) {
    return Faults.of(
        new Evidence(
            kind,
            message,
            end.exitCode(),
            end.signal(),
            call.arguments(),
            end.stderr(),
            Map.of(
                "host",
                machine.host(),
                "zone",
                machine.zone(),
                Evidence.SOURCE,
                request.source().value(),
                "crf",
                Double.toString(request.crf()),
                "preset",
                Integer.toString(request.setting().preset()),
                Evidence.STARVED,
                Boolean.toString(end.starved()))));
  }
}
