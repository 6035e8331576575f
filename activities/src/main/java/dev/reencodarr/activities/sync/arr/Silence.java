package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.activities.sync.arr.ArrFailed.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Where no answer came. */
final class Silence {

  private Silence() {}

  static ArrFailed of(IOException e) {
    return switch (e) {
      case TooLong long_ -> new ArrFailed(Kind.CUT, long_.words());
      case UnknownHostException _ -> away("its name is not known here");
      case ConnectException _ -> away("nobody listens there");
      case InterruptedIOException _ -> away("it does not answer in time");
      case SSLException _ -> away("its certificate is not trusted here, or it speaks no TLS");
      default -> away("the connection failed (" + e.getClass().getSimpleName() + ")");
    };
  }

  private static ArrFailed away(String words) {
    return new ArrFailed(Kind.AWAY, words);
  }

  /** Whether another try may do better; none does where the limit of a whole call was reached. */
  static boolean mayPass(IOException e) {
    boolean isOverall =
        e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    return !isOverall && !(e instanceof TooLong);
  }
}
