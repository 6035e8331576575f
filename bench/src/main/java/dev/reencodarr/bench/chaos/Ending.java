package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Film.Container;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/** What a container lets us append without meaning anything, with the number of a film in it. */
final class Ending {

  /** Digits of the number, the last bytes of the file. */
  static final int DIGITS = 8;

  private static final int MATROSKA_VOID = 0xEC;
  private static final int MATROSKA_SIZE = 0x80;
  private static final int BOX_HEADER = 8;
  private static final int TRANSPORT_PACKET = 188;
  private static final byte[] NULL_PACKET = {0x47, 0x1F, (byte) 0xFF, 0x10};

  private Ending() {}

  static byte[] of(Container container, int number) {
    byte[] digits = digits(number);
    return switch (container) {
      case MKV ->
          ByteBuffer.allocate(2 + DIGITS)
              .put((byte) MATROSKA_VOID)
              .put((byte) (MATROSKA_SIZE | DIGITS))
              .put(digits)
              .array();
      case MP4 ->
          ByteBuffer.allocate(BOX_HEADER + DIGITS)
              .putInt(BOX_HEADER + DIGITS)
              .put("free".getBytes(StandardCharsets.US_ASCII))
              .put(digits)
              .array();
      case AVI ->
          ByteBuffer.allocate(BOX_HEADER + DIGITS)
              .put("JUNK".getBytes(StandardCharsets.US_ASCII))
              .putInt(Integer.reverseBytes(DIGITS))
              .put(digits)
              .array();
      case TS -> {
        ByteBuffer packet = ByteBuffer.allocate(TRANSPORT_PACKET).put(NULL_PACKET);
        yield packet.put(TRANSPORT_PACKET - DIGITS, digits).array();
      }
    };
  }

  private static byte[] digits(int number) {
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", number)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The number at the end of a file; empty if there is none. */
  static OptionalInt numberOf(Path file) throws IOException {
    try (RandomAccessFile media = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[DIGITS];
      media.seek(Math.max(0, media.length() - DIGITS));
      int read = media.read(end);
      String text = new String(Arrays.copyOf(end, Math.max(0, read)), StandardCharsets.ISO_8859_1);
      return text.matches("\\d{" + DIGITS + "}")
          ? OptionalInt.of(Integer.parseInt(text))
          : OptionalInt.empty();
    }
  }
}
