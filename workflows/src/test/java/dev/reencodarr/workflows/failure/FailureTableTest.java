package dev.reencodarr.workflows.failure;

import static dev.reencodarr.workflows.failure.FailureStage.ANALYSIS;
import static dev.reencodarr.workflows.failure.FailureStage.ENCODING;
import static dev.reencodarr.workflows.failure.FailureStage.POST_PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTableTest {

  private static final Map<String, String> NO_CONTEXT = Map.of();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1   | process_failure     | EXIT_1   | RETRY
          2   | configuration       | EXIT_2   | GIVE_UP
          5   | system_environment  | EXIT_5   | RETRY
          13  | system_environment  | EXIT_13  | GIVE_UP
          22  | codec_issues        | EXIT_22  | GIVE_UP
          69  | codec_issues        | EXIT_69  | GIVE_UP
          28  | resource_exhaustion | EXIT_28  | STOP_QUEUE
          228 | resource_exhaustion | EXIT_228 | STOP_QUEUE
          110 | system_environment  | EXIT_110 | RETRY
          137 | resource_exhaustion | EXIT_137 | HALVE_THREADS
          143 | resource_exhaustion | EXIT_143 | RETRY
          234 | codec_issues        | EXIT_234 | GIVE_UP
          218 | codec_issues        | EXIT_218 | GIVE_UP
          255 | process_failure     | EXIT_255 | RETRY
          0   | process_failure     | EXIT_0   | RETRY
          """)
  void everyExitCodeHasItsCategoryWhetherItsOwnOrNamedByAbAv1(
      int exit, String category, String code, Reaction reaction) {
    Classification own = FailureTable.classify(ENCODING, exited(exit, 0, ""));
    Classification named =
        FailureTable.classify(
            ENCODING, exited(1, 0, "Error: ffmpeg encode exit code " + exit + "\n"));

    for (Classification judged : List.of(own, named)) {
      assertThat(judged.stage()).isEqualTo(ENCODING);
      assertThat(judged.category().code()).isEqualTo(category);
      assertThat(judged.code()).isEqualTo(code);
      assertThat(judged.reaction()).isEqualTo(reaction);
    }
  }

  /** What the tools really printed: {@code src/test/resources/failures}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source-missing          | encoding   | 1 | encoding/file_access/FILE_ACCESS             | RETRY      | Error opening input: No such file or directory
          sample-source-missing   | crf_search | 1 | crf_search/file_access/FILE_ACCESS           | RETRY      | No such file or directory
          source-unreadable       | encoding   | 1 | encoding/file_access/FILE_ACCESS             | GIVE_UP    | File access failed: Permission denied
          text-as-mkv             | encoding   | 1 | analysis/validation/VALIDATION               | GIVE_UP    | EBML header parsing failed
          sample-text-as-mkv      | crf_search | 1 | analysis/validation/VALIDATION               | RETRY      | ffprobe exited with
          moov-missing            | encoding   | 1 | analysis/validation/VALIDATION               | GIVE_UP    | moov atom not found
          duration-refused        | encoding   | 1 | post_process/validation/VERIFY_FAILED        | GIVE_UP    | output duration 18s does not match input duration 30s
          mov-text-into-mkv       | encoding   | 1 | encoding/codec_issues/CODEC_UNSUPPORTED      | GIVE_UP    | Subtitle codec mov_text (94213) is not supported
          subrip-into-mp4         | encoding   | 1 | encoding/codec_issues/CODEC_UNSUPPORTED      | GIVE_UP    | Could not find tag for codec subrip
          opus-layout             | encoding   | 1 | encoding/codec_issues/EXIT_234               | GIVE_UP    | Invalid channel layout 5.1(side)
          nvenc-without-gpu       | encoding   | 1 | encoding/system_environment/ENV              | NEXT_ENCODER | Cannot load libcuda.so.1
          qsv-without-device      | encoding   | 1 | encoding/system_environment/ENV              | NEXT_ENCODER | Error creating a MFX session
          amf-without-driver      | encoding   | 1 | encoding/system_environment/ENV              | NEXT_ENCODER | libamfrt64.so.1 failed to open
          sample-vaapi-without-library | crf_search | 1 | crf_search/system_environment/ENV       | NEXT_ENCODER | failed to load library 'libva-drm.so.2'
          cuda-decoder-without-gpu | encoding  | 1 | encoding/system_environment/ENV              | WAIT_AND_RETRY | The decoder's device is missing
          vulkan-decoder-without-device | encoding | 1 | encoding/system_environment/ENV          | WAIT_AND_RETRY | The decoder's device is missing
          sample-encoder-unknown  | crf_search | 1 | crf_search/system_environment/ENV            | NEXT_ENCODER | Unknown encoder
          vmaf-model-missing      | crf_search | 1 | crf_search/system_environment/ENV            | STOP_QUEUE | could not load libvmaf model
          ffmpeg-missing          | encoding   | 1 | encoding/system_environment/ENV              | STOP_QUEUE | Tool missing or unfit
          ffprobe-missing         | crf_search | 1 | crf_search/system_environment/ENV            | STOP_QUEUE | Tool missing or unfit
          work-folder-unwritable  | encoding   | 1 | encoding/system_environment/ENV              | STOP_QUEUE | Work folder not usable
          temp-folder-unwritable  | crf_search | 1 | crf_search/system_environment/ENV            | STOP_QUEUE | failed to create temp-dir
          disk-full               | encoding   | 1 | encoding/resource_exhaustion/RESOURCE_DISK   | STOP_QUEUE | No space left on device
          out-of-memory           | encoding   | 1 | encoding/resource_exhaustion/RESOURCE_MEMORY | HALVE_THREADS | insufficient resources
          threads-refused         | encoding   | 1 | encoding/resource_exhaustion/RESOURCE_MEMORY | HALVE_THREADS | pthread_create() failed
          encoder-without-memory  | encoding   | 1 | encoding/resource_exhaustion/RESOURCE_MEMORY | HALVE_THREADS | allocate memory failed
          ffmpeg-killed           | encoding   | 1 | encoding/resource_exhaustion/EXIT_137        | HALVE_THREADS | sender unknown
          ffmpeg-terminated       | encoding   | 1 | encoding/resource_exhaustion/EXIT_143        | RETRY      | terminated by SIGTERM
          ffmpeg-interrupted      | encoding   | 1 | encoding/system_environment/EXIT_130         | RETRY      | interrupted
          interrupted             | encoding   | 1 | encoding/system_environment/EXIT_130         | RETRY      | interrupted
          preset-out-of-range     | encoding   | 1 | encoding/configuration/CONFIG                | GIVE_UP    | out of range
          argument-unknown        | encoding   | 2 | encoding/configuration/EXIT_2                | GIVE_UP    | unexpected argument '--nonsense' found
          no-suitable-crf         | crf_search | 1 | crf_search/crf_optimization/CRF_NOT_FOUND    | NEXT_RUNG  | Failed to find a suitable crf
          """)
  void whatTheToolsReallyPrintIsUnderstood(
      String excerpt, String stage, int exit, String verdict, Reaction reaction, String said) {
    Classification judged =
        FailureTable.classify(FailureStage.parse(stage), exited(exit, 0, realOutput(excerpt)));

    assertThat(verdict(judged)).isEqualTo(verdict);
    assertThat(judged.reaction()).isEqualTo(reaction);
    assertThat(judged.message()).contains(said);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ffmpeg vmaf exit code 1\\n[AVFilterGraph @ 0x55] No such filter: 'libvmaf' | crf_search | crf_search/system_environment/ENV | STOP_QUEUE
          [av1_nvenc @ 0x55] OpenEncodeSessionEx failed: out of memory (10): (no details) | encoding | encoding/system_environment/ENV | NEXT_ENCODER
          [av1_nvenc @ 0x55] OpenEncodeSessionEx failed: incompatible client key (21): (no details) | crf_search | crf_search/system_environment/ENV | NEXT_ENCODER
          [av1_nvenc @ 0x55] No capable devices found | crf_search | crf_search/system_environment/ENV | NEXT_ENCODER
          [av1_nvenc @ 0x55] Cannot load nvEncodeAPI64.dll | encoding | encoding/system_environment/ENV | NEXT_ENCODER
          [AVHWDeviceContext @ 0x55] Failed to initialise VAAPI connection: -1 (unknown libva error). | encoding | encoding/system_environment/ENV | NEXT_ENCODER
          [VAAPI @ 0x55] No VA display found for device /dev/dri/renderD128. | encoding | encoding/system_environment/ENV | NEXT_ENCODER
          [hevc_nvenc @ 0x55] 10 bit encode not supported | encoding | encoding/codec_issues/CODEC_UNSUPPORTED | GIVE_UP
          [av1_nvenc @ 0x55] Codec not supported | crf_search | crf_search/codec_issues/CODEC_UNSUPPORTED | GIVE_UP
          [av1_vaapi @ 0x55] No usable encoding profile found. | crf_search | crf_search/codec_issues/CODEC_UNSUPPORTED | GIVE_UP
          Error: ffmpeg vmaf exit code 187                      | crf_search   | crf_search/vmaf_calculation/VMAF_CALC | RETRY
          Error: could not parse ffmpeg vmaf score              | crf_search   | crf_search/vmaf_calculation/VMAF_CALC | RETRY
          Error: ffmpeg copy failed: encoded sample too small   | crf_search   | crf_search/vmaf_calculation/VMAF_CALC | GIVE_UP
          Error: ffmpeg encode_sample exit code 1               | crf_search   | crf_search/process_failure/EXIT_1     | RETRY
          Error: ffmpeg copy exit code 218                      | crf_search   | crf_search/codec_issues/EXIT_218      | GIVE_UP
          Error: Invalid --min-crf & --max-crf                  | crf_search   | crf_search/configuration/CONFIG       | GIVE_UP
          Error: Input and Output are specified as the same file | encoding    | encoding/configuration/CONFIG         | GIVE_UP
          Read-only file system                                 | post_process | post_process/system_environment/ENV   | STOP_QUEUE
          Stale file handle                                     | analysis     | analysis/system_environment/ENV       | STOP_QUEUE
          x: Invalid data found when processing input           | analysis     | analysis/validation/VALIDATION        | GIVE_UP
          x: Invalid data found when processing input           | post_process | post_process/validation/VERIFY_FAILED | GIVE_UP
          no words that anybody knows                           | analysis     | analysis/mediainfo_parsing/MEDIAINFO_PARSE | RETRY
          no words that anybody knows                           | post_process | post_process/validation/VERIFY_FAILED | RETRY
          """)
  void whatIsKnownOfTheToolsIsUnderstood(
      String output, String stage, String verdict, Reaction reaction) {
    Classification judged =
        FailureTable.classify(FailureStage.parse(stage), exited(1, 0, output.replace("\\n", "\n")));

    assertThat(verdict(judged)).isEqualTo(verdict);
    assertThat(judged.reaction()).isEqualTo(reaction);
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TOOL_UNFIT        | encoding     | encoding/system_environment/ENV               | STOP_QUEUE
          MOUNT_GONE        | post_process | post_process/system_environment/ENV           | STOP_QUEUE
          DISK_FULL         | post_process | post_process/resource_exhaustion/RESOURCE_DISK | STOP_QUEUE
          STALLED           | encoding     | encoding/timeout/STALLED                      | RETRY
          TIME_LIMIT        | analysis     | analysis/timeout/TIMEOUT                      | RETRY
          TIME_LIMIT        | crf_search   | crf_search/timeout/TIMEOUT                    | RETRY
          TIME_LIMIT        | encoding     | encoding/timeout/TIMEOUT                      | GIVE_UP
          WORK_FOLDER       | encoding     | encoding/system_environment/ENV               | STOP_QUEUE
          FILE_ACCESS       | analysis     | analysis/file_access/FILE_ACCESS              | RETRY
          UNREADABLE_ANSWER | analysis     | analysis/mediainfo_parsing/MEDIAINFO_PARSE    | RETRY
          UNREADABLE_ANSWER | crf_search   | crf_search/vmaf_calculation/VMAF_CALC         | RETRY
          UNREADABLE_ANSWER | encoding     | encoding/system_environment/ENV               | RETRY
          UNREADABLE_ANSWER | post_process | post_process/validation/VERIFY_FAILED         | RETRY
          BAD_MEDIA         | analysis     | analysis/validation/VALIDATION                | GIVE_UP
          BAD_MEDIA         | encoding     | analysis/validation/VALIDATION                | GIVE_UP
          BAD_MEDIA         | post_process | analysis/validation/VERIFY_FAILED             | GIVE_UP
          RESULT_REFUSED    | post_process | post_process/validation/VERIFY_FAILED         | GIVE_UP
          FILE_OPERATION    | post_process | post_process/file_operations/FILE_OP_FINALIZE | RETRY
          WORKER_RESTARTED  | encoding     | encoding/system_environment/ENV               | TAKE_OVER
          WORKER_LOST       | encoding     | encoding/system_environment/ENV               | TAKE_OVER
          NO_HOST           | encoding     | encoding/system_environment/ENV               | TAKE_OVER
          INFRASTRUCTURE    | analysis     | analysis/system_environment/ENV               | WAIT_AND_RETRY
          LIBRARY_REMOVED   | post_process | post_process/system_environment/ENV           | GIVE_UP
          LADDER            | crf_search   | crf_search/preset_retry/PRESET_RETRY          | NEXT_RUNG
          SIZE_LIMIT        | crf_search   | crf_search/size_limits/SIZE_LIMIT             | NEXT_RUNG
          CRF_NOT_FOUND     | crf_search   | crf_search/crf_optimization/CRF_NOT_FOUND     | GIVE_UP
          UNEXPECTED        | analysis     | analysis/unknown/UNKNOWN                      | RETRY
          """)
  void everyKindOfEvidenceIsJudged(
      EvidenceKind kind, String stage, String verdict, Reaction reaction) {
    Classification judged =
        FailureTable.classify(FailureStage.parse(stage), Evidence.of(kind, "what was seen"));

    assertThat(verdict(judged)).isEqualTo(verdict);
    assertThat(judged.reaction()).isEqualTo(reaction);
    assertThat(judged.message()).contains("what was seen");
  }

  @ParameterizedTest
  @EnumSource(names = "UNEXPECTED", mode = EnumSource.Mode.EXCLUDE)
  void noKindButTheUnexpectedEndsAsUnknown(EvidenceKind kind) {
    for (FailureStage stage : FailureStage.values()) {
      assertThat(FailureTable.classify(stage, Evidence.of(kind, "seen")).category())
          .isNotEqualTo(FailureCategory.UNKNOWN);
    }
  }

  @Test
  void movingAndPuttingInPlaceAreToldApart() {
    assertThat(code(EvidenceKind.FILE_OPERATION, "copying into the stage folder failed"))
        .isEqualTo("FILE_OP_MOVE");
    assertThat(code(EvidenceKind.FILE_OPERATION, "rename over the original failed"))
        .isEqualTo("FILE_OP_FINALIZE");
  }

  @Test
  void aFullDiskIsAFullDiskInWhateverStepOfOursItIsMet() {
    for (EvidenceKind kind :
        List.of(
            EvidenceKind.FILE_OPERATION,
            EvidenceKind.FILE_ACCESS,
            EvidenceKind.UNEXPECTED,
            EvidenceKind.PROCESS_EXIT)) {
      assertThat(code(kind, "IOException: No space left on device")).isEqualTo("RESOURCE_DISK");
    }
  }

  @Test
  void anOomKillThatWasSeenIsSaidWithoutDoubt() {
    Evidence seen =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "ab-av1 failed",
            1,
            0,
            List.of(),
            "Error: ffmpeg encode exit code None",
            Map.of(Evidence.OOM_KILL, "true"));

    Classification judged = FailureTable.classify(ENCODING, seen);

    assertThat(judged.code()).isEqualTo("EXIT_137");
    assertThat(judged.message()).isEqualTo("Process killed by system (OOM)");
  }

  @ParameterizedTest
  @EnumSource(names = {"STALLED", "TIME_LIMIT"})
  void whatHardlyGotAProcessorIsNeitherHungNorSlow(EvidenceKind kind) {
    Evidence seen =
        new Evidence(kind, "no frame", -1, 0, List.of(), "", Map.of(Evidence.STARVED, "true"));

    Classification judged = FailureTable.classify(ENCODING, seen);

    assertThat(verdict(judged)).isEqualTo("encoding/resource_exhaustion/RESOURCE_CPU");
    assertThat(judged.reaction()).isEqualTo(Reaction.RETRY);
    assertThat(judged.message()).isEqualTo("Starved of CPU: no frame");
  }

  @Test
  void aSignalIsTheExitThatAShellWouldShow() {
    assertThat(FailureTable.classify(ENCODING, exited(-1, 9, "")))
        .isEqualTo(
            new Classification(
                ENCODING,
                FailureCategory.RESOURCE_EXHAUSTION,
                "EXIT_137",
                "Process killed by system (likely OOM)",
                Reaction.HALVE_THREADS));
    assertThat(FailureTable.classify(ENCODING, exited(-1, 15, "")).code()).isEqualTo("EXIT_143");
    assertThat(verdict(FailureTable.classify(ENCODING, exited(-1, 11, ""))))
        .isEqualTo("encoding/process_failure/EXIT_139");
    assertThat(verdict(FailureTable.classify(ANALYSIS, exited(-1, 11, ""))))
        .isEqualTo("analysis/system_environment/EXIT_139");
  }

  @Test
  void whatFilmsAreTitledIsNoEvidence() {
    String output =
        """
        Error: ffmpeg encode exit code 1
        ----cmd-----
        ffmpeg -y -i /library/No space left on device.mkv -map 0 out.mkv
        ---stderr---
            title           : No space left on device
            comment         : moov atom not found: Permission denied
        """;

    assertThat(verdict(FailureTable.classify(ENCODING, exited(1, 0, output))))
        .isEqualTo("encoding/process_failure/EXIT_1");
  }

  /** In our own messages, which name paths, as well as in those of programs. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "No space left on device.mkv",
        "Host is down.mkv",
        "Stale file handle/film.mkv",
        "on stage.mkv",
        "Permission denied\nRead-only file system.mkv",
        "Input/output error/Cannot allocate memory.mkv"
      })
  void theNameOfTheFileIsNoEvidenceInWhatIsSaidOfIt(String name) {
    String source = "/films/" + name;
    Evidence vanished =
        Evidence.ofFile(EvidenceKind.FILE_ACCESS, source, source + ": No such file or directory");
    Evidence unreadable =
        Evidence.ofFile(EvidenceKind.FILE_ACCESS, source, "AccessDeniedException: " + source);
    Evidence broken =
        Evidence.ofFile(
            EvidenceKind.FILE_OPERATION,
            source,
            "the swap of " + source + " failed: FileSystemException: " + source + ".tmp: odd");

    assertThat(FailureTable.classify(ANALYSIS, vanished))
        .isEqualTo(
            new Classification(
                ANALYSIS,
                FailureCategory.FILE_ACCESS,
                "FILE_ACCESS",
                "File access failed: " + source + ": No such file or directory",
                Reaction.RETRY));
    assertThat(FailureTable.classify(ANALYSIS, unreadable).reaction()).isEqualTo(Reaction.GIVE_UP);
    assertThat(verdict(FailureTable.classify(POST_PROCESS, broken)))
        .isEqualTo("post_process/file_operations/FILE_OP_FINALIZE");
  }

  @Test
  void theNameOfTheFileHidesNothingElse() {
    Evidence full =
        Evidence.ofFile(
            EvidenceKind.PROCESS_EXIT,
            "/output/device.mkv",
            "write error: /output/device.mkv: No space left on device");
    Evidence faulty =
        Evidence.ofFile(EvidenceKind.FILE_ACCESS, "/output/a.mkv", "Input/output error");

    assertThat(FailureTable.classify(ENCODING, full).code()).isEqualTo("RESOURCE_DISK");
    assertThat(FailureTable.classify(ENCODING, full).message()).contains("/output/device.mkv");
    assertThat(FailureTable.classify(ENCODING, faulty).message()).startsWith("I/O error");
  }

  @Test
  void aShortSourceIsNoFaultOfItsResult() {
    Evidence refused =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "ab-av1 failed",
            1,
            0,
            List.of(),
            realOutput("duration-refused"),
            Map.of(Evidence.SHORT_SOURCE, "450 frames are there, its header says 750"));

    Classification judged = FailureTable.classify(ENCODING, refused);

    assertThat(verdict(judged)).isEqualTo("analysis/validation/VERIFY_FAILED");
    assertThat(judged.message())
        .isEqualTo("Damaged source: 450 frames are there, its header says 750");
    assertThat(judged.reaction()).isEqualTo(Reaction.GIVE_UP);
  }

  @Test
  void messagesAreOneLineOfAtMost300CharactersAndNeverEndInHalfACharacter() {
    String message =
        FailureTable.classify(
                ANALYSIS, Evidence.of(EvidenceKind.BAD_MEDIA, "a\nb\u0000c " + "🎬".repeat(300)))
            .message();

    assertThat(message)
        .startsWith("Not sound media: a b c 🎬")
        .hasSizeLessThanOrEqualTo(300)
        .doesNotContainPattern("\\p{Cntrl}")
        .endsWith("🎬…");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverIsSeenTheVerdictIsOneOfTheCatalogue(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 2_000; n++) {
      Evidence evidence = randomEvidence(random);
      FailureStage stage = pick(random, FailureStage.values());

      Classification judged = FailureTable.classify(stage, evidence);

      assertThat(FailureCode.of(judged.code()))
          .as("code of %s for %s", judged, evidence)
          .hasValueSatisfying(code ->
              assertThat(code.allows(judged.stage(), judged.category()))
                  .as("%s for %s", judged, evidence)
                  .isTrue());
      assertThat(judged.message()).isNotBlank().hasSizeLessThanOrEqualTo(300);
    }
  }

  @Test
  void theCatalogueKnowsWhatDoesNotBelongTogether() {
    assertThat(FailureCode.VMAF_CALC.allows(ENCODING, FailureCategory.VMAF_CALCULATION)).isFalse();
    assertThat(FailureCode.ENV.allows(ENCODING, FailureCategory.UNKNOWN)).isFalse();
    assertThat(FailureCode.VERIFY_FAILED.allows(POST_PROCESS, FailureCategory.VALIDATION)).isTrue();
    assertThat(FailureCode.of("EXIT_137")).contains(FailureCode.EXIT);
    assertThat(FailureCode.of("EXIT")).isEmpty();
    assertThat(FailureCode.of("EXIT_None")).isEmpty();
    for (FailureCode code : FailureCode.values()) {
      assertThat(
              Stream.of(FailureStage.values())
                  .anyMatch(stage ->
                      Stream.of(FailureCategory.values())
                          .anyMatch(category -> code.allows(stage, category))))
          .as("%s can be recorded at all", code)
          .isTrue();
    }
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L);
  }

  private static Evidence randomEvidence(Random random) {
    List<String> words = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      words.add(pick(random, PHRASES));
    }
    return new Evidence(
        pick(random, EvidenceKind.values()),
        random.nextBoolean() ? "seen" : pick(random, PHRASES),
        random.nextInt(600) - 1,
        random.nextInt(4) == 0 ? random.nextInt(65) : 0,
        List.of(),
        String.join("\n", words),
        random.nextBoolean() ? NO_CONTEXT : Map.of(Evidence.OOM_KILL, "true"));
  }

  private static final String[] PHRASES = {
    "Error: ffmpeg encode exit code None",
    "Error: ffmpeg encode exit code 234",
    "Error: ffmpeg vmaf exit code 999",
    "Error: ctrl_c",
    "No space left on device",
    "Permission denied",
    "verify: output duration",
    "moov atom not found",
    "Failed to find a suitable crf",
    "encoded sample too small",
    "Subtitle codec x is not supported",
    "Invalid data found when processing input",
    "Cannot allocate memory",
    "$1 \\ %s ${x}",
    "",
    " ",
    "\u0000\uD83C",
    "File name too long",
  };

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static String code(EvidenceKind kind, String message) {
    return FailureTable.classify(POST_PROCESS, Evidence.of(kind, message)).code();
  }

  private static String verdict(Classification judged) {
    return judged.stage().code() + "/" + judged.category().code() + "/" + judged.code();
  }

  private static Evidence exited(int exit, int signal, String output) {
    return new Evidence(
        EvidenceKind.PROCESS_EXIT,
        "ab-av1 failed",
        exit,
        signal,
        List.of("/tools/ab-av1"),
        output,
        NO_CONTEXT);
  }

  private static String realOutput(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            FailureTableTest.class.getResourceAsStream("/failures/" + name + ".txt"), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
