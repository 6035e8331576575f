package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Linux's {@code renameat2}, which Java does not offer: two names change places at once, or a name
 * is given only if it is free. No symbolic link at the last segment is followed.
 */
final class AtomicExchange {

  private static final int AT_FDCWD = -100;
  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;

  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EEXIST = 17;
  private static final int EXDEV = 18;
  private static final int EINVAL = 22;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int ENAMETOOLONG = 36;
  private static final int ENOSYS = 38;
  private static final int EOPNOTSUPP = 95;
  private static final int ENOTCONN = 107;
  private static final int ETIMEDOUT = 110;
  private static final int EHOSTDOWN = 112;
  private static final int ESTALE = 116;
  private static final int EDQUOT = 122;

  /** The system's words, as Java's own calls pass them on: failures are judged by them. */
  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(EPERM, "Operation not permitted"),
          Map.entry(EIO, "Input/output error"),
          Map.entry(EBUSY, "Device or resource busy"),
          Map.entry(ENOSPC, "No space left on device"),
          Map.entry(EROFS, "Read-only file system"),
          Map.entry(ENAMETOOLONG, "File name too long"),
          Map.entry(ENOTCONN, "Transport endpoint is not connected"),
          Map.entry(ETIMEDOUT, "Connection timed out"),
          Map.entry(EHOSTDOWN, "Host is down"),
          Map.entry(ESTALE, "Stale file handle"),
          Map.entry(EDQUOT, "Disk quota exceeded"));

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));
  private static final @Nullable MethodHandle RENAMEAT2 = renameat2();

  private AtomicExchange() {}

  /**
   * Two files change places; at every moment each name is one of the two.
   *
   * @throws MountCalls.NotOffered if the mount cannot do this
   * @throws NoSuchFileException if one of them is missing; nothing is changed
   */
  static void exchange(Path one, Path other) throws IOException {
    rename(one, other, RENAME_EXCHANGE, "an atomic exchange");
  }

  /**
   * Renames, unless the new name is taken.
   *
   * @throws MountCalls.NotOffered if the mount cannot do this
   * @throws FileAlreadyExistsException if the name is taken; nothing is changed
   */
  static void renameToFreeName(Path from, Path to) throws IOException {
    rename(from, to, RENAME_NOREPLACE, "a rename that replaces nothing");
  }

  private static void rename(Path from, Path to, int flags, String what) throws IOException {
    if (RENAMEAT2 == null) {
      throw new MountCalls.NotOffered(from, to, what);
    }
    refuse(call(RENAMEAT2, from, to, flags), from, to, what);
  }

  /** Throws what the system means by this error; nothing for 0. */
  static void refuse(int errno, Path from, Path to, String what) throws IOException {
    switch (errno) {
      case 0 -> {}
      case ENOENT -> throw new NoSuchFileException(from.toString(), to.toString(), null);
      case EEXIST -> throw new FileAlreadyExistsException(from.toString(), to.toString(), null);
      case EXDEV ->
          throw new AtomicMoveNotSupportedException(
              from.toString(), to.toString(), "they lie on different mounts");
      case EACCES ->
          throw new AccessDeniedException(from.toString(), to.toString(), "Permission denied");
      case EINVAL, ENOSYS, EOPNOTSUPP -> throw new MountCalls.NotOffered(from, to, what);
      default ->
          throw new FileSystemException(
              from.toString(),
              to.toString(),
              WORDS.getOrDefault(errno, what + " failed with errno " + errno));
    }
  }

  private static int call(MethodHandle renameat2, Path from, Path to, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result =
          (int)
              renameat2.invokeExact(
                  state, AT_FDCWD, name(arena, from), AT_FDCWD, name(arena, to), flags);
      return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("renameat2 could not be called", e);
    }
  }

  private static MemorySegment name(Arena arena, Path path) {
    return arena.allocateFrom(path.toAbsolutePath().toString(), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("restricted") // the only native call; announced by --enable-native-access
  private static @Nullable MethodHandle renameat2() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("renameat2")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno")))
        .orElse(null);
  }
}
