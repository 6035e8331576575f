package dev.reencodarr.activities.golden;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Small films with everything that people have in their files, made by ffmpeg. */
final class GoldenClips {

  /** Far from what AV1 needs, so that every result saves enough. */
  private static final String PICTURE =
      "-c:v libx264 -preset ultrafast -qp 6 -pix_fmt yuv420p -threads 2";

  static final String HDR10 =
      "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited:hdr10=1"
          + ":max-cll=1000,400"
          + ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)";

  static final String HLG =
      "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:range=limited";

  private final Path folder;
  final Path clip;
  final Path words;
  final Path chapters;
  final Path jpeg;
  final Path png;

  GoldenClips(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.clip = folder.resolve("clip.mkv");
    make(
        "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -f lavfi -i sine=frequency=440:duration=2"
            + " "
            + PICTURE
            + " -c:a aac",
        clip);
    words =
        Files.writeString(
            folder.resolve("words.srt"),
            """
            1
            00:00:00,200 --> 00:00:00,800
            Grüße, <i>leaning</i>
            and a second line

            2
            00:00:01,000 --> 00:00:01,900
            日本語
            """);
    chapters =
        Files.writeString(
            folder.resolve("chapters.txt"),
            """
            ;FFMETADATA1
            title=The Film
            comment=bought in a shop
            [CHAPTER]
            TIMEBASE=1/1000
            START=0
            END=700
            title=Anfang, größer
            [CHAPTER]
            TIMEBASE=1/1000
            START=700
            END=2000
            title=End
            """);
    jpeg = folder.resolve("cover.jpg");
    make("-f lavfi -i color=red:size=600x900 -frames:v 1", jpeg);
    png = folder.resolve("small.png");
    make("-f lavfi -i color=blue:size=120x90 -frames:v 1", png);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Runs ffmpeg.
   *
   * @param arguments words with one space between them; an argument with spaces in quotes ' '
   */
  Path make(String arguments, Path target) {
    List<Object> words = new ArrayList<>();
    String[] parts = arguments.split("'", -1);
    for (int part = 0; part < parts.length; part++) {
      if (part % 2 == 1) {
        words.add(parts[part]);
      } else {
        Arrays.stream(parts[part].split(" ", -1))
            .filter(word -> !word.isEmpty())
            .forEach(words::add);
      }
    }
    words.add(target);
    ffmpeg(words.toArray());
    return target;
  }

  /** Of the clip, with further inputs and what is done with them. */
  Path of(String name, String arguments) {
    return make("-i " + clip + " " + arguments, folder.resolve(name));
  }

  /** A film that libx265 makes, two seconds long. */
  Path hevc(String name, String pixelFormat, String parameters) {
    return make(
        "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -c:v libx265 -preset ultrafast -qp 6"
            + " -pix_fmt "
            + pixelFormat
            + " -x265-params log-level=error:repeat-headers=1:aud=1:bframes=0"
            + (parameters.isEmpty() ? "" : ":" + parameters),
        folder.resolve(name));
  }

  /** A Dolby Vision RPU, the same for each frame, as the crate dolby_vision generates it. */
  enum Vision {
    PROFILE_5(
        "GQgJAEBhtlBvAD/4Af/AD//QAAAIAAAGgAAAQAAANAAAAwIAAAMBogAAMfBpEgAPxbBEMgAAEL6lcAAAAwAAgAAA"
            + "AwCAAAAEK5/qP+o/6jQrn+o/6j/qNCuf//AAAAMAAAMAAAMABkIA+A4VMBAKAAADAAADAAADACQYD6AABAAA"
            + "AwAAoDAcAEAEAAIJAH/AAEULAQAAAwBtHUHvgA=="),
    PROFILE_8_1(
        "GQgJCEBhNlBvAD/4Af/AD//QAAAIAAAGgAAAQAAANAAAAwIAAAMBolZgAANeolZvn86xwlZkTKAAABAAAAMAgAAA"
            + "AwCAAAADAcNiJDAYYKXjCOBRQAAAGmPlr//wAAADAAADAAADAAYCAPgOFTAQCgAAAwAAAwAAAwAkGA+gAAQA"
            + "AAMAAKAwHABABAACCQB/wABFCwEAAAMAD5ofqYA="),
    PROFILE_8_4(
        "GQgJCEBhNlBuID8RTmQBAAlBACAHgB/8AP/6fm/sF/Jjc8qaYKf4u8FPJCwrumz6lBqX0XWgfGIZqoFkrn4R"
            + "YouuMr5zrwtKMxkYMLihjTNVA6wyZAICWQooNO9gwB7oE0AEFSjAKBwdtwAD6S/eACJc/cBSIxnOwKqdlvhf"
            + "0LE5uIQfOoArIfFASnIAwGYPA4P9SwLsZw2ZG7Tj3fiULL67oGXBJ8AkwgLg/lra2OL/ltjEPHEtMRrmaA6b"
            + "9JgJ75VYKLfnQAQC8lDR7SgUm9Rwvo3sAiqTDRr6UVS0wrROdMfGnJeUb4ALBSOVIDAnpkOteeBJltZkGMvm"
            + "sRhEijloGCO6QIj2G0cKh2hE2HFNErMAABr1ErN8/nWOErMiZQAAAwCAAAAEAAADAAQAAAMADhsRIYDDBS8Y"
            + "RwKKAAADANMfLX//gAAAAwAAAwAAAwAwED7AcKmAEAoAAAMAAAMAAAMAJBgPoAAEAAADAACgMBwAQAQAAgkA"
            + "f8AARQsBAAADADZ7YGSA");

    private final String rpu;

    Vision(String rpu) {
      this.rpu = rpu;
    }
  }

  /**
   * A film with Dolby Vision: its RPUs behind each picture, and its record in the container, which
   * libx265 writes once it finds the RPUs in a source.
   */
  Path dolbyVision(String name, Vision vision, String colours) throws IOException {
    byte[] rpu = Base64.getDecoder().decode(vision.rpu);
    byte[] unit = joined(HexFormat.of().parseHex("000000017c01"), rpu);
    Path plain = hevc(name + ".hevc", "yuv420p10le", colours);
    Path bare = inEachPicture(plain, unit, true);
    return make(
        "-r 25 -i "
            + bare
            + " -c:v libx265 -preset ultrafast -qp 6 -dolbyvision 1 -strict unofficial -x265-params"
            + " log-level=error:repeat-headers=1:vbv-maxrate=200000:vbv-bufsize=200000",
        folder.resolve(name));
  }

  /** A film with HDR10+ metadata in each picture: one window, 400 nits. */
  Path hdr10Plus(String name) throws IOException {
    byte[] message =
        HexFormat.of().parseHex("000000014e010416b5003c0001040140007d004e204e203a9804e200640080");
    Path bare = inEachPicture(hevc(name + ".hevc", "yuv420p10le", HDR10), message, false);
    return make("-r 25 -i " + bare + " -c copy", folder.resolve(name));
  }

  /**
   * Puts a unit before the slices of each picture, or behind them; each begins with a delimiter.
   */
  private static Path inEachPicture(Path hevc, byte[] unit, boolean isBehind) throws IOException {
    byte[] film = Files.readAllBytes(hevc);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean wasInserted = true;
    int copied = 0;
    for (int at = 0; at + 4 < film.length; at++) {
      if (film[at] != 0 || film[at + 1] != 0 || film[at + 2] != 1) {
        continue;
      }
      int type = film[at + 3] >> 1 & 63;
      int start = at > 0 && film[at - 1] == 0 ? at - 1 : at;
      boolean isDelimiter = type == 35;
      boolean isHere = isBehind ? isDelimiter && at > 4 : type < 32 && !wasInserted;
      if (isHere) {
        out.write(film, copied, start - copied);
        out.write(unit);
        copied = start;
        wasInserted = true;
      }
      wasInserted = wasInserted && !isDelimiter;
    }
    out.write(film, copied, film.length - copied);
    if (isBehind) {
      out.write(unit);
    }
    return Files.write(hevc, out.toByteArray());
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Subtitles as Blu-rays have them: a box of one colour, shown for half a second. */
  Path pgs(String name) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int side = 16;
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    for (int line = 0; line < side; line++) {
      runs.write(new byte[] {0, (byte) (0x80 | side), 1, 0, 0});
    }
    for (int caption = 0; caption < 2; caption++) {
      int start = (200 + 900 * caption) * 90;
      segment(file, start, 0x16, composition(2 * caption, true));
      segment(file, start, 0x17, window(side));
      segment(file, start, 0x14, new byte[] {0, 0, 1, (byte) 235, (byte) 128, (byte) 128, -1});
      segment(file, start, 0x15, object(side, runs.toByteArray()));
      segment(file, start, 0x80, new byte[0]);
      segment(file, start + 45_000, 0x16, composition(2 * caption + 1, false));
      segment(file, start + 45_000, 0x17, window(side));
      segment(file, start + 45_000, 0x80, new byte[0]);
    }
    return Files.write(folder.resolve(name), file.toByteArray());
  }

  private static void segment(ByteArrayOutputStream file, int time, int type, byte[] body)
      throws IOException {
    DataOutputStream out = new DataOutputStream(file);
    out.writeBytes("PG");
    out.writeInt(time);
    out.writeInt(0);
    out.writeByte(type);
    out.writeShort(body.length);
    out.write(body);
  }

  private static byte[] composition(int number, boolean shows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(320);
    out.writeShort(180);
    out.writeByte(0x10);
    out.writeShort(number);
    out.writeByte(shows ? 0x80 : 0);
    out.writeByte(0);
    out.writeByte(0);
    out.writeByte(shows ? 1 : 0);
    if (shows) {
      out.writeShort(0);
      out.writeByte(0);
      out.writeByte(0);
      out.writeShort(150);
      out.writeShort(140);
    }
    return bytes.toByteArray();
  }

  private static byte[] window(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeByte(0);
    out.writeShort(150);
    out.writeShort(140);
    out.writeShort(side);
    out.writeShort(side);
    return bytes.toByteArray();
  }

  private static byte[] object(int side, byte[] runs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0);
    out.writeByte(0);
    out.writeByte(0xC0);
    int length = runs.length + 4;
    out.writeByte(length >> 16);
    out.writeShort(length);
    out.writeShort(side);
    out.writeShort(side);
    out.write(runs);
    return bytes.toByteArray();
  }
}
