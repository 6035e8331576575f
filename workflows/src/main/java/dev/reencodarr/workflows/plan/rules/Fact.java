package dev.reencodarr.workflows.plan.rules;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What conditions may ask about a file. The only table of them; docs/rules.md shows it. */
public enum Fact {
  PATH(SimpleType.STRING, "absolute path of the file", file -> file.path().value()),
  NAME(SimpleType.STRING, "its name without the folder", file -> file.path().fileName()),
  EXTENSION(SimpleType.STRING, "`mkv`, in lower case", file -> file.path().extension()),
  LIBRARY(SimpleType.STRING, "name of the library", RuledFile::library),
  SIZE(SimpleType.INT, "bytes", file -> file.file().identity().size()),
  AGE_DAYS(SimpleType.DOUBLE, "days since it was last modified", Fact::ageDays),
  HARD_LINKS(SimpleType.INT, "names of the file, at least 1", file -> file.file().hardLinks()),
  FORMAT(
      SimpleType.STRING,
      "ffprobe's name of the container, such as `matroska,webm`",
      file -> file.media().formatName()),
  DURATION(SimpleType.DOUBLE, "seconds; 0: unknown", file -> file.media().durationSeconds()),
  BITRATE(
      SimpleType.INT,
      "bits per second of the whole file, 8 × size ÷ duration; 0: unknown",
      file -> file.media().overallBitrate()),
  CHAPTERS(SimpleType.INT, "how many there are", file -> file.media().chapters()),
  CODEC(
      SimpleType.STRING,
      "ffprobe's name of the film's codec, such as `h264`, `hevc`, `av1`",
      ofFilm(MediaStream.Video::codec, "")),
  PROFILE(SimpleType.STRING, "of the codec", ofFilm(MediaStream.Video::profile, "")),
  WIDTH(SimpleType.INT, "pixels, as it is shown", ofFilm(MediaStream.Video::shownWidth, 0)),
  HEIGHT(SimpleType.INT, "pixels, as it is shown", ofFilm(MediaStream.Video::shownHeight, 0)),
  FRAME_RATE(
      SimpleType.DOUBLE,
      "frames per second; 0: unknown",
      ofFilm(MediaStream.Video::averageFrameRate, 0.0)),
  BITS_PER_PIXEL(
      SimpleType.DOUBLE, "bitrate ÷ (width × height × frame rate); 0: unknown", Fact::bitsPerPixel),
  PIXEL_FORMAT(
      SimpleType.STRING, "such as `yuv420p10le`", ofFilm(MediaStream.Video::pixelFormat, "")),
  BIT_DEPTH(SimpleType.INT, "8, 10, 12; 0: unknown", ofFilm(Fact::bitDepth, 0)),
  HDR(
      SimpleType.STRING,
      "`sdr`, `hdr10`, `hdr10_plus`, `hlg` or `dolby_vision`",
      ofFilm(film -> film.hdr().name().toLowerCase(Locale.ROOT), "sdr")),
  DOLBY_VISION_PROFILE(
      SimpleType.INT,
      "such as 5, 7 or 8; 0: no Dolby Vision, or none recorded",
      ofFilm(film -> film.dolbyVision().profile(), 0)),
  INTERLACED(
      SimpleType.BOOL,
      "whether frames are two fields",
      file -> file.media().mainVideo().map(MediaStream.Video::isInterlaced).orElse(false)),
  CLOSED_CAPTIONS(
      SimpleType.BOOL,
      "whether there are captions inside the pictures, as of broadcasts; an encode loses them",
      file -> file.media().mainVideo().map(MediaStream.Video::closedCaptions).orElse(false)),
  VIDEO_TRACKS(
      SimpleType.INT, "those that are film, not covers", file -> file.media().films().size()),
  AUDIO(
      ListType.create(Track.AUDIO),
      "tracks with `codec`, `profile`, `channels`, `layout`, `bitrate` (bits per second; 0: unknown), `language`, `title`, `lossless`, `atmos`",
      file -> Track.audio(file.media().streams())),
  SUBTITLES(
      ListType.create(Track.SUBTITLE),
      "tracks with `codec`, `language`, `title`, `forced`",
      file -> Track.subtitles(file.media().streams())),
  YEAR(
      SimpleType.INT,
      "from 1950 to 2030, as the path or the title tells, such as `(2008)`; 0: unknown",
      file -> NameFacts.year(file.path().value(), file.media().tags().getOrDefault("title", ""))),
  RELEASE(
      SimpleType.STRING,
      "`remux`, `bluray`, `webrip`, `web`, `tv` or `dvd`, as the name tells; empty: it does not",
      file -> NameFacts.release(file.path().fileName())),
  SERVICE(
      SimpleType.STRING,
      "`sonarr` or `radarr`, which manages the file; empty: neither does",
      file -> file.managed().service()),
  MONITORED(
      SimpleType.BOOL,
      "whether its series or movie is monitored there",
      file -> file.managed().monitored()),
  ENDED(
      SimpleType.BOOL,
      "whether nothing more of its series will come",
      file -> file.managed().ended()),
  TAGS(
      ListType.create(SimpleType.STRING),
      "labels of its series or movie there, in lower case",
      file -> file.managed().tags()),
  QUALITY_PROFILE(
      SimpleType.STRING,
      "name of the quality profile of its series or movie",
      file -> file.managed().qualityProfile());

  private static final double SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();
  private static final Pattern DEPTH = Pattern.compile("(9|10|12|14|16)(?:le|be)$");
  private static final int USUAL_DEPTH = 8;

  private final CelType type;
  private final String what;
  private final OfFile of;

  Fact(CelType type, String what, OfFile of) {
    this.type = type;
    this.what = what;
    this.of = of;
  }

  /** Its name in conditions. */
  public String variable() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, and its unit, for people. */
  public String what() {
    return what;
  }

  /** How its type is called in conditions, such as {@code int}. */
  public String typeName() {
    return type instanceof ListType ? "list" : type.name();
  }

  CelType type() {
    return type;
  }

  /** The value for a file, in a type that conditions know. */
  Object of(RuledFile file) {
    Object value = of.of(file);
    return value instanceof Integer number ? number.longValue() : value;
  }

  /** All that conditions see of a file, by variable, in the order of the table. */
  public static Map<String, Object> allOf(RuledFile file) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (Fact fact : values()) {
      facts.put(fact.variable(), fact.of(file));
    }
    return facts;
  }

  /** How a fact is told of a file. */
  @Immutable
  @FunctionalInterface
  private interface OfFile {
    Object of(RuledFile file);
  }

  /** How it is told of a film. */
  @Immutable
  @FunctionalInterface
  private interface OfFilm {
    Object of(MediaStream.Video film);
  }

  private static OfFile ofFilm(OfFilm of, String none) {
    return file -> file.media().mainVideo().map(of::of).orElse(none);
  }

  private static OfFile ofFilm(OfFilm of, double none) {
    return file -> file.media().mainVideo().map(of::of).orElse(none);
  }

  private static OfFile ofFilm(OfFilm of, int none) {
    return file -> file.media().mainVideo().map(of::of).orElse(none);
  }

  private static double ageDays(RuledFile file) {
    return Duration.between(file.file().identity().mtime(), file.now()).toSeconds()
        / SECONDS_OF_A_DAY;
  }

  private static Object bitsPerPixel(RuledFile file) {
    Optional<MediaStream.Video> film = file.media().mainVideo();
    double pixels =
        film.map(video -> video.width() * (double) video.height() * video.averageFrameRate())
            .orElse(0.0);
    return pixels > 0 ? file.media().overallBitrate() / pixels : 0.0;
  }

  private static Object bitDepth(MediaStream.Video film) {
    if (film.pixelFormat().isEmpty()) {
      return 0;
    }
    Matcher matcher = DEPTH.matcher(film.pixelFormat());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : USUAL_DEPTH;
  }
}
