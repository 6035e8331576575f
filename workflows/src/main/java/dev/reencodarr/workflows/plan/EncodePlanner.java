package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.analysis.SkipRules;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the settings make of a file's facts.
 *
 * <p>Colour tags, mastering display and light levels of HDR10 and HLG need no argument: ffmpeg
 * hands them to the encoder and on to the container.
 */
public final class EncodePlanner {

  private static final String EIGHT_BIT = "yuv420p";
  private static final String TEN_BIT = "yuv420p10le";
  private static final int LONGEST_NAME = 255;
  private static final double KEYINT_FROM_SECONDS = 180;
  private static final double KEYINT_SECONDS = 10;
  private static final double USUAL_FRAME_RATE = 24;

  private EncodePlanner() {}

  /** A plan, or the reason to leave the file alone. */
  public static Planned plan(
      MediaPath source, FileFacts file, MediaFacts facts, QualitySettings quality) {
    Optional<Skip> skip =
        SkipRules.reasonToSkip(file, facts, quality.hardLinks(), quality.treatment().conversions())
            .or(() ->
                quality.hardware().makesHevc()
                    ? SkipRules.reasonToMakeNoHevc(facts)
                    : Optional.empty());
    if (skip.isPresent()) {
      return new Planned.Skip(skip.get().reason(), skip.get().detail());
    }
    List<Planned> planned =
        quality.hardware().encoders().stream()
            .map(encoder -> planFor(encoder, source, file, facts, quality))
            .toList();
    List<EncodePlan> plans =
        planned.stream()
            .filter(Planned.Encode.class::isInstance)
            .map(one -> ((Planned.Encode) one).plan())
            .toList();
    return plans.isEmpty()
        ? planned.getFirst()
        : new Planned.Encode(plans.getFirst(), plans.subList(1, plans.size()));
  }

  private static Planned planFor(
      Encoder encoder,
      MediaPath source,
      FileFacts file,
      MediaFacts facts,
      QualitySettings quality) {
    Container container = Container.of(source, facts, quality.treatment(), encoder.codec());
    if (nameLength(targetName(source, container)) > LONGEST_NAME) {
      return new Planned.Skip(
          SkipReason.UNSUPPORTED_FORMAT,
          "the result's name would be longer than " + LONGEST_NAME + " bytes");
    }
    return planStreams(encoder, source, container, file, facts, quality.fittedTo(encoder));
  }

  private static Planned planStreams(
      Encoder encoder,
      MediaPath source,
      Container container,
      FileFacts file,
      MediaFacts facts,
      QualitySettings quality) {
    MediaStream.Video film = facts.mainVideo().orElseThrow();
    FilmPlan picture = FilmPlan.of(film);
    StreamPlan streams;
    try {
      streams =
          StreamPlanner.plan(container, facts, film, picture, encoder.codec(), quality.treatment());
    } catch (UnsupportedStream e) {
      return new Planned.Skip(SkipReason.UNSUPPORTED_FORMAT, String.valueOf(e.getMessage()));
    }
    double target = quality.targetFor(file.identity().size());
    PictureFilters filters = filters(picture.filters(), film, quality);
    if (encoder == Encoder.AV1_VAAPI && (!filters.encoded().isEmpty() || film.hasMoreChroma())) {
      return new Planned.Skip(
          SkipReason.UNSUPPORTED_FORMAT,
          "pictures that are to be filtered or converted cannot stay on the device, as av1_vaapi needs them to");
    }
    return new Planned.Encode(
        new EncodePlan(
            encoder,
            target,
            quality.scoring().metric().floorFor(target),
            pixelFormat(encoder, film),
            filters,
            encodeArguments(encoder, facts, film, quality.treatment()),
            streamArguments(container, facts, film, streams),
            streams.prepareArguments(),
            streams.streams(),
            targetPath(source, container),
            scoredAtThatSize(quality, filters)));
  }

  private static PictureFilters filters(
      PictureFilters others, MediaStream.Video film, QualitySettings quality) {
    Treatment treatment = quality.treatment();
    return Scaling.of(
            film.shownWidth(),
            film.shownHeight(),
            treatment.largestWidth(),
            quality.scoring().scale())
        .map(smaller -> others.and(smaller, against(quality)))
        .orElse(others);
  }

  /** The filter for XPSNR takes pictures as they are, and enlarges none. */
  private static Scaling.Against against(QualitySettings quality) {
    return switch (quality.scoring().metric()) {
      case VMAF -> quality.treatment().scaledAgainst();
      case XPSNR -> Scaling.Against.SCALED;
    };
  }

  private static QualitySettings scoredAtThatSize(QualitySettings quality, PictureFilters filters) {
    return filters
        .enlargedTo()
        .map(scale ->
            quality.with(
                new Scoring(
                    quality.scoring().metric(),
                    scale,
                    quality.scoring().subsample(),
                    quality.scoring().xpsnrPixelFormat())))
        .orElse(quality);
  }

  /** The path stays where the container stays; everything else becomes Matroska beside it. */
  private static MediaPath targetPath(MediaPath source, Container container) {
    return source.extension().equals(container.extension())
        ? source
        : source.parent().resolve(targetName(source, container));
  }

  private static String targetName(MediaPath source, Container container) {
    return source.extension().equals(container.extension())
        ? source.fileName()
        : source.stem() + "." + container.extension();
  }

  private static int nameLength(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** By VAAPI pictures go from decoder to encoder without leaving the device, and stay as deep. */
  private static String pixelFormat(Encoder encoder, MediaStream.Video film) {
    return encoder == Encoder.AV1_VAAPI && !SourceDecoding.isDeep(film) ? EIGHT_BIT : TEN_BIT;
  }

  private static List<String> encodeArguments(
      Encoder encoder, MediaFacts facts, MediaStream.Video film, Treatment treatment) {
    List<String> arguments = new ArrayList<>(treatment.encodeArguments(encoder));
    if (comesAfterAPicture(facts, film) && facts.durationSeconds() >= KEYINT_FROM_SECONDS) {
      double rate = film.averageFrameRate() > 0 ? film.averageFrameRate() : USUAL_FRAME_RATE;
      arguments.addAll(List.of("--keyint", Long.toString(Math.round(rate * KEYINT_SECONDS))));
      arguments.addAll(List.of("--scd", "true"));
    }
    return List.copyOf(arguments);
  }

  /**
   * ffmpeg lets every output begin at 0. Where the source's duration counts the time before its
   * beginning too, the result would seem short, and its subtitles and chapters of another film: the
   * clock is kept as it is.
   */
  private static List<String> streamArguments(
      Container container, MediaFacts facts, MediaStream.Video film, StreamPlan streams) {
    List<String> arguments = new ArrayList<>(streams.encodeArguments());
    if (!isEvenOnceRounded(container, facts, film)) {
      arguments.addAll(List.of("--enc", "enc_time_base:v:0=demux"));
    }
    if (facts.silentSeconds() > 0) {
      arguments.add("--enc-input");
      arguments.add(String.format(Locale.ROOT, "itsoffset=%.6f", facts.silentSeconds()));
    }
    return List.copyOf(arguments);
  }

  /**
   * ffmpeg counts time in frames of the rate that it takes a film to have: pictures of a film that
   * varies are moved and dropped, and of one that begins between two frames the sound is shifted.
   * So time is counted as the source does, unless that is in the milliseconds of Matroska and the
   * container would show them.
   */
  private static boolean isEvenOnceRounded(
      Container container, MediaFacts facts, MediaStream.Video film) {
    return container == Container.MP4 && Container.MATROSKA.holds(facts) && !film.variesInRate();
  }

  /**
   * ab-av1 counts the frames between key frames by the rate of the first video stream; where that
   * is a cover, they are counted here.
   */
  private static boolean comesAfterAPicture(MediaFacts facts, MediaStream.Video film) {
    return facts.streams().stream()
        .filter(MediaStream.Video.class::isInstance)
        .anyMatch(video -> video.index() < film.index());
  }
}
