package dev.reencodarr.workflows.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of {@code settings.yaml}, and of what rules set for single videos: their defaults and
 * reasons. The only table of them.
 */
public enum SettingKey {
  GOAL(
      "space",
      "`space`: the largest savings first; `time`: most bytes saved"
          + " per CPU second, poor deals left alone; `balanced`: in between"),
  VMAF_TARGET("95", "score that results must reach, 0 to 100; the known behaviour"),
  VMAF_TARGETS_OF_LARGE(
      "60GiB=91, 40GiB=92, 25GiB=94",
      "targets of sources larger than these: remuxes whose last points nobody sees"),
  VMAF_BAND("0.4", "a score this far above the target is accepted"),
  VMAF_SCALE("auto", "ab-av1's `--vmaf-scale`: `auto`, `none` or WxH"),
  VMAF_SUBSAMPLE("1", "score every n-th frame"),
  METRIC("vmaf", "`vmaf` or `xpsnr`; points of one are never compared with those of the other"),
  XPSNR_TARGET("40", "dB that results must reach where XPSNR is the metric, 1 to 100"),
  XPSNR_PIXEL_FORMAT(
      "yuv420p",
      "ab-av1's `--xpsnr-pix-format`: both pictures are brought to it before they are compared; 10 bits give nonsense unless the width is a multiple of 128"),
  SAMPLE_EVERY("720", "seconds of a film for which one sample is measured"),
  SAMPLES_LEAST("1", "at least so many samples, however short a film is"),
  SAMPLE_SECONDS("20", "length of a sample"),
  SCORE_POOL(
      "mean",
      "what of the samples' scores, and of a checked result's, has to reach the target: their `mean`,"
          + " the `worst`, or a percentile such as `p10`"),
  CHECK_RESULT(
      "off",
      "score a result before it replaces its source: `segments` or `whole`; more than 0.5 below the"
          + " target it is encoded once more with a corrected CRF"),
  LOWER_TARGET("true", "whether the target may come down to max(90, target − 2) before giving up"),
  CRF_STEP("0.25", "grid of the search"),
  MIN_CRF("5", "lowest CRF that is tried"),
  MAX_CRF("70", "highest CRF that is tried"),
  PRESETS("8, 6", "SVT-AV1's presets, the wanted one first; the next when the target is missed"),
  LEAST_SAVING_PREDICTED("10", "percent that a search must promise; below it the file stays"),
  LEAST_SAVING_RESULT("5", "percent that a result must save; below it the file stays"),
  SIZE_LIMIT(
      "off",
      "largest predicted size: `10GiB`, `60%` of the source, or `off`; what is over it tries the next"
          + " rung of the ladder"),
  OVER_SIZE_LIMIT(
      "skip", "a video whose last rung is over the limit: `skip` (not_worth_it) or `fail`"),
  CRF_NOT_FOUND(
      "skip", "a video that reaches its target on no rung: `skip` (not_worth_it) or `fail`"),
  GRAIN(
      "0",
      "film grain, 0 to 50, that SVT-AV1 leaves out and lets players put back (`film-grain`); 0: none is"
          + " added"),
  GRAIN_DENOISE(
      "false", "with `grain`: denoise the picture by what its grain is, before it is encoded"),
  TUNE(
      "standard",
      "what SVT-AV1 optimises for: `vq` (eyes), `psnr`, `ssim`; `standard`: what it takes by itself"),
  CONTAINER(
      "keep",
      "container of results: `keep` the source's, where it can hold them; `matroska` always; `mp4` where it"
          + " can hold every stream, else as with `keep`"),
  AUDIO(
      "copy",
      "sound: `copy`, or `opus`: tracks become Opus where that saves; Atmos, Opus and tracks of unknown bitrate stay"),
  INTERLACED(
      "skip",
      "interlaced film: `skip`, or `deinterlace` (bwdif, one frame of two fields; results are scored against"
          + " the deinterlaced source)"),
  SEVERAL_FILMS(
      "skip",
      "files with several video tracks: `skip`, or `first`: the first is encoded, where it is the largest and"
          + " the default, and the others are copied"),
  HDR10PLUS(
      "skip",
      "HDR10+: `skip`, or `hdr10`: the metadata of single scenes are given up, HDR10 is kept"),
  DOLBY_VISION(
      "skip",
      "Dolby Vision: `skip`, or `base_layer`: of profiles 7 and 8 the HDR10, HLG or SDR that players without"
          + " it show; profile 5 has none and is always skipped"),
  CHROMA(
      "skip",
      "4:2:2, 4:4:4 and the like: `skip`, or `420`: half of the colours' resolution and more is given up;"
          + " SVT-AV1 knows 4:2:0 alone"),
  LARGEST_WIDTH(
      "0",
      "pixels; wider pictures are made so wide, their height follows by their shape; 0: the size stays"),
  SCALED_AGAINST(
      "source",
      "what scores of a picture that is made smaller are measured against: the `source` as it is, enlarged results"
          + " beside it, or the source `scaled` likewise, so that scaling is no loss; by XPSNR always the latter"),
  HARD_LINKS(
      "defer",
      "files with further names: `defer` (left alone until only one is left; every scan looks again), `skip`"
          + " (left alone, also when one is left, until `retry` or `rules diff --apply`) or `allow` (encoded; nothing counts as saved while other names remain)"),
  REVIEW(
      "none",
      "`hold`: a verified result waits for `approve` or `reject` before it replaces its source;"
          + " `none`: it does not"),
  BROKEN_SOURCE(
      "keep",
      "files that cannot be decoded from end to end: `keep`, or `redownload`: Sonarr or Radarr gets another copy"
          + " (docs/broken.md)"),
  ENCODERS(
      "libsvtav1",
      "encoders in the order of preference: `libsvtav1`, `av1_nvenc`, `av1_qsv`, `av1_vaapi`, `av1_amf`, `libx265`, `hevc_nvenc`"),
  ENCODER_CHOICE(
      "preferred",
      "which of the `encoders` takes a video: `preferred`, the first that any machine offers, or `first_free`"),
  ENCODER_PRESETS(
      "",
      "presets of encoders other than SVT-AV1, the wanted one first, such as `av1_nvenc=p5+p7, libx265=slow`; empty: usual ones"),
  DECODING(
      "auto",
      "what decodes sources: `auto` (cuda, qsv or vaapi where the machine has proved it), `none` (the CPU), `cuda`, `qsv`, `vaapi`, `vulkan`"),
  CPU_JOBS("0", "heavy programs at once; 0: a quarter of the cores, at least 2 where there are 2"),
  CPU_THREADS("0", "threads of each, and of one that begins alone those of all; 0: cores ÷ jobs"),
  GPU_JOBS("2", "probes and encodes at once on a GPU, beside those of the CPU"),
  MACHINE_ENCODERS("all", "encoders that this machine may offer: `all`, or a list of names"),
  MACHINE_DECODERS(
      "all",
      "devices that this machine may decode by: `all`, `none`, or of `cuda`, `qsv`, `vaapi`, `vulkan`"),
  ANALYSES("0", "files that are analysed at once; 0: one a core"),
  VIDEO_EXTENSIONS(
      "mkv, mp4, m4v, avi, mov, wmv, asf, mpg, mpeg, m2v, vob, ts, m2ts, mts, webm, flv, ogv, ogm,"
          + " divx, 3gp, rm, rmvb, mxf",
      "files that scans look at"),
  STILL_SECONDS(
      "2",
      "size and date of a young file must hold this long before it is taken: half-copied files"),
  SCHEDULED_STILL_SECONDS(
      "300",
      "a scan by schedule leaves files alone that were changed a shorter time ago; in watched folders a file is taken"
          + " when it has been still for so long and nobody writes it"),
  SCAN_HOURS(
      "6",
      "hours between two scans of each library by schedule, the same on all machines; 0: only when asked"),
  WATCH_FOLDERS(
      "true",
      "this machine watches the folders of libraries on its local disks, so that new files are found before the next scan"),
  OPEN_VIDEOS("4", "videos of one library at work or waiting for a worker at once"),
  SYMLINKS(
      "skip",
      "symbolic links to files: `skip`, or `follow` those that lead into a library of the same zone: the file is"
          + " taken under its real path"),
  FREE_SPACE_RESERVE("5GiB", "what stays free in work folder and library beyond a result's size"),
  STALL_SECONDS("300", "an encode without a frame for so long is stalled"),
  STARVED_FPS(
      "0.05",
      "an encode with fewer frames a second, while other programs have the processors, is starved; 0:"
          + " none is"),
  STARVED_SECONDS("1800", "it is given so long to come to more"),
  QUARANTINE_DAYS("7", "originals are kept so long after their replacement"),
  QUARANTINE_PERCENT(
      "10", "percent of a file system that originals may take; a video that finds no room waits"),
  REVIEW_PERCENT(
      "10",
      "percent of a file system that results may take that wait for a review; a video that finds no"
          + " room waits before it is searched"),
  STRICT_OWNER("false", "refuse results that cannot be given the owner of their original"),
  SWAP_WITH_A_GAP(
      "false",
      "where a mount offers neither atomic exchange nor hard links: rename the original away instead"
          + " of copying it; its path is empty for an instant"),
  LOG_DAYS("14", "the logs of failed work are kept so long"),
  ZONE("default", "machines of one zone see the same library paths"),
  HOST("", "name of this machine, stable across restarts; empty: the host name"),
  TEMPORAL_ADDRESS("", "host:port; empty: the local stack that `up` has started"),
  TEMPORAL_NAMESPACE("default", "Temporal's namespace"),
  TEMPORAL_UI("", "address of Temporal's Web UI; empty: the local stack's"),
  DATABASE_URL("", "`jdbc:postgresql://host:port/name?user=…`, without a password; empty: local"),
  DATABASE_PASSWORD_FILE(
      "",
      "a file whose first line is the password; empty: the local stack's, else none or ~/.pgpass"),
  CRITICAL_WEBHOOK_FILE(
      "",
      "a file whose first line is the http or https address that is told of critical failures; empty: none"),
  WEBHOOK_ADDRESS(
      "",
      "host:port at which this worker hears the webhooks of Sonarr and Radarr, such as `0.0.0.0:9797`; empty: it does not"),
  WEBHOOK_PUBLIC_URL(
      "",
      "that address as Sonarr and Radarr reach it, such as `http://nas:9797`; empty: this machine's name and the port");

  private static final String ENVIRONMENT = "REENCODARR_";

  private final String standard;
  private final String why;

  SettingKey(String standard, String why) {
    this.standard = standard;
    this.why = why;
  }

  /** The key in {@code settings.yaml}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it decides how a video is searched and encoded, so that rules may set it for some. */
  public boolean isOfVideos() {
    return compareTo(CPU_JOBS) < 0;
  }

  /** The key of this name; empty where there is none. */
  public static Optional<SettingKey> named(String key) {
    return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
  }

  /** The variable that overrides it. */
  public String environment() {
    return ENVIRONMENT + name();
  }

  /** The default, as people write it; empty where it is found out at run time. */
  public String standard() {
    return standard;
  }

  /** What it is, for people. */
  public String why() {
    return why;
  }
}
