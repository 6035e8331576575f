package dev.reencodarr.activities.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.process.WorkPermit;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.broken.SourceCheckOutcome;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.broken.SourceJudgement;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCheckerTest {

  private static final String AWFUL = "-i 映画 'x' %d \"$HOME\" | file:a\nconcat.mkv";

  @TempDir private static Path clips;

  @TempDir Path folder;

  private final List<List<String>> commands = new ArrayList<>();
  private ProgramRunner bound;
  private boolean mountIsGone = false;

  @BeforeAll
  static void make() {
    TestClips.made(clips.resolve("whole.mkv"), 12);
    TestClips.ffmpeg("-i", clips.resolve("whole.mkv"), "-c", "copy", clips.resolve("whole.ts"));
    TestClips.ffmpeg(
        "-i",
        clips.resolve("whole.mkv"),
        "-c",
        "copy",
        "-movflags",
        "faststart",
        clips.resolve("whole.mp4"));
  }

  @BeforeEach
  void open() {
    bound = new BoundRunner(TestTools.tools(), folder.resolve("work/home"));
  }

  private SourceChecker checker(ToolSet tools, WorkPermit permit, Runnable beat)
      throws IOException {
    return new SourceChecker(
        (call, everySecond) -> {
          commands.add(call.arguments());
          return bound.run(call, everySecond);
        },
        tools,
        2,
        permit,
        path -> {
          if (mountIsGone) {
            throw Faults.of(EvidenceKind.MOUNT_GONE, "it has no marker");
          }
        },
        new AttemptLogs(new JobFolders(folder.resolve("work")).logs(), "here"),
        () -> beat);
  }

  private static SourceFile seen(Path file) throws IOException {
    FileIdentity.Stamp stamp = FileIdentity.Stamp.of(file);
    return new SourceFile(
        new VideoId(UUID.randomUUID()),
        new MediaPath(file.toString()),
        stamp.size(),
        stamp.mtime());
  }

  private SourceCheckOutcome check(Path file, boolean deep) throws IOException {
    return checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {}).check(seen(file), deep);
  }

  private void assertSound(Path file, boolean deep) throws IOException {
    assertThat(check(file, deep)).as(file.toString()).isEqualTo(new SourceCheckOutcome.Sound());
  }

  private Classification fault(Path file, boolean deep) {
    ApplicationFailure fault =
        catchThrowableOfType(ApplicationFailure.class, () -> check(file, deep));
    return SourceJudgement.of(Faults.evidence(fault).orElseThrow(), deep);
  }

  /** What work would say of it. */
  private String problem(Path file, boolean deep) {
    Classification why = fault(file, deep);
    assertThat(SourceJudgement.isBroken(why)).as(why.toString()).isTrue();
    return why.message();
  }

  private Path copy(String name) throws IOException {
    return Files.copy(
        clips.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path cut(String name, double share) throws IOException {
    Path file = copy(name);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate((long) (channel.size() * share));
    }
    return file;
  }

  private static Path overwritten(Path file, int bytes) throws IOException {
    byte[] noise = new byte[bytes];
    new Random(7).nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), channel.size() / 2);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wholeFilmsAreSoundInEveryContainer(boolean deep) throws IOException {
    for (String name : List.of("whole.mkv", "whole.mp4", "whole.ts")) {
      assertSound(clips.resolve(name), deep);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRealClipsAreSound(boolean deep) throws IOException {
    for (String name :
        List.of("bigbuckbunny.mp4", "cityCC0.mpg", "gradio-b.avi", "pymediainfo-sample.mp4")) {
      assertSound(TestClips.real(name), deep);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAwfulNameChangesNothing(boolean deep) throws IOException {
    Path awful = Files.copy(clips.resolve("whole.mkv"), folder.resolve(AWFUL));
    assertSound(awful, deep);

    try (FileChannel channel = FileChannel.open(awful, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    assertThat(problem(awful, deep)).startsWith("Damaged source: the source says that it lasts");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDownloadThatBrokeOffIsFoundThoughItsHeaderSaysTheWholeDuration(boolean deep)
      throws IOException {
    assertThat(problem(cut("whole.mkv", 0.5), deep))
        .isEqualTo("Damaged source: the source says that it lasts 12.0 s but holds 6.0 s");
    assertThat(problem(cut("whole.mkv", 0.95), deep)).contains("but holds 11.4 s");
  }

  @Test
  void anIndexAtTheBeginningHidesNoMissingEnd() throws IOException {
    assertThat(problem(cut("whole.mp4", 0.6), false)).contains("12.0 s but holds 7");
    assertThat(problem(cut("whole.mp4", 0.6), true)).startsWith("Damaged ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTextThatIsNamedAsAFilmIsBroken(boolean deep) throws IOException {
    Path text = Files.writeString(folder.resolve("text.mkv"), "This is a text.\n".repeat(200));

    assertThat(problem(text, deep)).startsWith("Not sound media: ffprobe cannot read it");
    assertThat(problem(Files.createFile(folder.resolve("empty.mkv")), deep))
        .isEqualTo("Not sound media: the file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.mkv", "whole.mp4", "whole.ts"})
  void bytesThatFlippedInTheMiddleAreFoundByDecoding(String name) throws IOException {
    Path file = overwritten(copy(name), 16);

    assertSound(file, false);
    assertThat(problem(file, true)).startsWith("Damaged file: ");
  }

  @Test
  void aRecordingThatBeginsInTheMiddleIsWhatItsVerificationWouldSay() throws IOException {
    Path whole = clips.resolve("whole.ts");
    Path late = folder.resolve("late.ts");
    byte[] bytes = Files.readAllBytes(whole);
    int from = bytes.length / 188 / 3 * 188;
    Files.write(late, java.util.Arrays.copyOfRange(bytes, from, bytes.length));

    assertSound(late, false);
    assertThat(problem(late, true)).matches("Damaged source: of \\d+ frames .* can be decoded.*");
  }

  @Test
  void soundOfWhichALotIsLostIsFoundAndALittleHarmsNobody() throws IOException {
    Path film = copy("whole.mkv");
    assertSound(withNoise(film, "1000"), true);

    assertThat(problem(withNoise(film, "20"), true))
        .matches(
            "Damaged source: of \\d+ frames of sound of the source, stream 1, \\d+ can be"
                + " decoded");
  }

  /** Its sound has a flipped byte in about every so many. */
  private Path withNoise(Path film, String every) {
    Path noisy = folder.resolve("noise" + every + ".mkv");
    TestClips.ffmpeg(
        "-i", film, "-c", "copy", "-bsf:a", "noise=amount='if(mod(n,9),0,1)*" + every + "'", noisy);
    return noisy;
  }

  @Test
  void subtitlesMayLastLongerThanTheFilm() throws IOException {
    Path words =
        Files.writeString(
            folder.resolve("words.srt"), "1\n00:00:11,000 --> 00:00:20,000\nThe end.\n");
    Path film = folder.resolve("subtitled.mkv");
    TestClips.ffmpeg("-i", clips.resolve("whole.mkv"), "-i", words, "-c", "copy", film);

    assertSound(film, false);
    assertSound(film, true);
  }

  /** The outcomes of work are shown to be these by the tests of the whole stack. */
  @Test
  void checkAndWorkNeverDisagreeOverAnyOfTheBadInputsThatWeKnow() throws Exception {
    Path inputs = folder.resolve("inputs");
    Path outcomes = folder.resolve("outcomes.tsv");
    Process script =
        new ProcessBuilder(
                "bash",
                Path.of("../bench/bad-inputs.sh").toAbsolutePath().normalize().toString(),
                inputs.toString(),
                TestTools.tools().ffmpeg().toString())
            .redirectOutput(outcomes.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(script.waitFor()).isZero();
    SourceChecker checker = checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {});
    int judged = 0;
    for (String line : Files.readAllLines(outcomes)) {
      String[] columns = line.split("\t", -1);
      boolean isBroken =
          columns[1].equals("failed:VALIDATION") || columns[1].equals("failed:VERIFY_FAILED");
      boolean isWhole = columns[1].equals("encoded") || columns[1].startsWith("skipped:");
      if (!isBroken && !isWhole) {
        continue;
      }
      Path file = inputs.resolve(columns[0].translateEscapes());
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        judged++;
        SourceFile seen = seen(file);
        if (isBroken) {
          assertThat(problem(file, true)).as(line).isNotEmpty();
        } else {
          assertThat(checker.check(seen, true)).as(line).isEqualTo(new SourceCheckOutcome.Sound());
        }
      }
    }
    assertThat(judged).isGreaterThan(50);
  }

  @Test
  void aFileThatChangesIsNotJudged() throws IOException {
    Path film = cut("whole.mkv", 0.5);
    SourceFile before = seen(film);
    Files.write(film, new byte[1000], StandardOpenOption.APPEND);
    SourceChecker checker = checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {});

    assertThat(checker.check(before, true)).isInstanceOf(SourceCheckOutcome.Changed.class);
    assertThat(commands).as("nothing was read for it").isEmpty();
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNotJudged() throws IOException {
    Path film = cut("whole.mkv", 0.5);
    SourceFile before = seen(film);
    ProgramRunner plain = bound;
    bound =
        (call, everySecond) -> {
          var end = plain.run(call, everySecond);
          append(film);
          return end;
        };

    assertThat(checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {}).check(before, false))
        .isInstanceOf(SourceCheckOutcome.Changed.class);
  }

  private static void append(Path film) {
    try {
      Files.write(film, new byte[1000], StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatIsGoneIsNotJudgedAndAMountThatIsGoneIsWaitedFor() throws IOException {
    Path film = copy("whole.mkv");
    SourceFile before = seen(film);
    Files.delete(film);
    SourceChecker checker = checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {});

    assertThat(checker.check(before, false)).isInstanceOf(SourceCheckOutcome.Changed.class);
    mountIsGone = true;
    assertThatThrownBy(() -> checker.check(before, false)).hasMessageContaining("no marker");
  }

  @Test
  void whatIsWrongWithAToolIsNotLaidOnTheFile() throws IOException {
    Path crashing = program("crashing", "exit 139");
    Path silent = program("silent", "exit 0");
    ToolSet usual = TestTools.tools();
    Path film = clips.resolve("whole.mkv");

    for (ToolSet tools :
        List.of(
            new ToolSet(usual.abAv1(), crashing, usual.ffprobe()),
            new ToolSet(usual.abAv1(), silent, usual.ffprobe()),
            new ToolSet(usual.abAv1(), usual.ffmpeg(), crashing),
            new ToolSet(usual.abAv1(), usual.ffmpeg(), silent),
            new ToolSet(usual.abAv1(), folder.resolve("none"), usual.ffprobe()))) {
      SourceFile file = seen(film);
      ApplicationFailure fault =
          catchThrowableOfType(
              ApplicationFailure.class,
              () -> checker(tools, WorkPermit.ALWAYS, () -> {}).check(file, true));
      assertThat(fault).as(tools.toString()).isNotNull();
      Classification why = SourceJudgement.of(Faults.evidence(fault).orElseThrow(), true);
      assertThat(SourceJudgement.isBroken(why)).as(why.toString()).isFalse();
    }
  }

  /** What programs say of a disk that stops to answer was written down from real ones. */
  @ParameterizedTest
  @ValueSource(strings = {"whole.mkv", "whole.mp4", "whole.ts"})
  void aDiskThatDoesNotAnswerToTheEndOfAFileMakesNoFileBroken(String name) throws IOException {
    ToolSet tools =
        stopping(
            name,
            """
            case "$*" in *"-f data"*) echo 'Error during demuxing: Input/output error' >&2; exit 251;; esac
            %s "$@" || exit
            echo 'Error during demuxing: Input/output error' >&2
            """);

    for (boolean deep : new boolean[] {false, true}) {
      Classification why = fault(tools, folder.resolve("film-" + name), deep);
      assertThat(SourceJudgement.isBroken(why)).as(why.toString()).isFalse();
      assertThat(why.message()).startsWith("I/O error");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.mkv", "whole.mp4", "whole.ts"})
  void aDiskThatDidNotAnswerForAWhileAndNobodyToldOfItMakesNoFileBroken(String name)
      throws IOException {
    for (boolean deep : new boolean[] {false, true}) {
      ToolSet tools = stopping(name, "%s \"$@\"");
      Path film = folder.resolve("film-" + name);

      assertThat(checker(tools, WorkPermit.ALWAYS, () -> {}).check(seen(film), deep))
          .isEqualTo(new SourceCheckOutcome.Sound());
    }
  }

  /**
   * Programs for which a film ends early after its header was read, until somebody reads its bytes.
   *
   * @param ffmpeg what it does, with the real one for the percent sign
   */
  private ToolSet stopping(String name, String ffmpeg) throws IOException {
    Path film =
        Files.move(copy(name), folder.resolve("film-" + name), StandardCopyOption.REPLACE_EXISTING);
    Path cut = cut(name, 0.6);
    Path answers = folder.resolve("answers");
    Files.deleteIfExists(answers);
    ToolSet usual = TestTools.tools();
    String stops =
        """
        case "$*" in *"-f data"*) : > '%1$s';; esac
        if [ ! -e '%1$s' ]; then
          case "$*" in *-show_format*) ;; *)
            for a in "$@"; do shift; [ "$a" = '%2$s' ] && a='%3$s'; set -- "$@" "$a"; done;;
          esac
        fi
        """
            .formatted(answers, film, cut);
    return new ToolSet(
        usual.abAv1(),
        program("ffmpeg", stops + ffmpeg.formatted(usual.ffmpeg())),
        program("ffprobe", stops + usual.ffprobe() + " \"$@\""));
  }

  private Classification fault(ToolSet tools, Path film, boolean deep) throws IOException {
    SourceFile file = seen(film);
    ApplicationFailure fault =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> checker(tools, WorkPermit.ALWAYS, () -> {}).check(file, deep));
    return SourceJudgement.of(Faults.evidence(fault).orElseThrow(), deep);
  }

  @Test
  void aFileInWhosePlaceALinkLiesIsNotJudged() throws IOException {
    Path film = copy("whole.mkv");
    SourceFile before = seen(film);
    Files.createSymbolicLink(film, Files.move(film, folder.resolve("elsewhere.mkv")));

    assertThat(checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {}).check(before, true))
        .isEqualTo(new SourceCheckOutcome.Changed("it is a link by now"));
    assertThat(commands).as("nothing was read for it").isEmpty();
  }

  private Path program(String name, String does) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + does + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void aFileThatNobodyMayReadIsNotBroken() throws IOException {
    Path film = copy("whole.mkv");
    SourceFile file = seen(film);
    assertThat(film.toFile().setReadable(false)).isTrue();
    if (Files.isReadable(film)) {
      // root reads it all the same
      return;
    }
    ApplicationFailure fault =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> checker(TestTools.tools(), WorkPermit.ALWAYS, () -> {}).check(file, false));
    assertThat(
            SourceJudgement.isBroken(
                SourceJudgement.of(Faults.evidence(fault).orElseThrow(), false)))
        .isFalse();
  }

  @Test
  void everythingRunsBelowAllOtherPrograms() throws IOException {
    assertSound(clips.resolve("whole.mkv"), true);

    assertThat(commands)
        .isNotEmpty()
        .allSatisfy(command -> assertThat(command.subList(1, 3)).containsExactly("-i", "0"))
        .allSatisfy(command -> assertThat(command.getFirst()).endsWith("/chrt"));
  }

  @Test
  void aCheckBeginsOnlyWhenTheMachineMayWork() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger beats = new AtomicInteger();
    WorkPermit permit =
        new WorkPermit() {
          @Override
          public boolean mayBegin() {
            return asked.incrementAndGet() > 2;
          }

          @Override
          public boolean mayGoOn() {
            return true;
          }

          @Override
          public long heldNanos() {
            return 0;
          }
        };

    assertThat(
            checker(TestTools.tools(), permit, beats::incrementAndGet)
                .check(seen(clips.resolve("whole.mkv")), false))
        .isEqualTo(new SourceCheckOutcome.Sound());
    assertThat(beats).as("it was known to live meanwhile").hasValueGreaterThanOrEqualTo(2);
  }

  @Test
  void aStopEndsTheDecodingAtOnce() throws IOException {
    Path film = clips.resolve("long.mkv");
    TestClips.ffmpeg("-stream_loop", "200", "-i", clips.resolve("whole.mkv"), "-c", "copy", film);
    SourceFile file = seen(film);
    AtomicInteger beats = new AtomicInteger();

    assertThatThrownBy(() ->
            checker(
                    TestTools.tools(),
                    WorkPermit.ALWAYS,
                    () -> {
                      if (beats.incrementAndGet() > 1) {
                        throw new CancellationException("stop");
                      }
                    })
                .check(file, true))
        .isInstanceOf(RuntimeException.class);
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
