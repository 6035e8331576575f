package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {

  private static final int SOON_MILLIS = 10_000;
  private static final int A_MOMENT_MILLIS = 300;

  private ServerSocket server;
  private Line line;

  /** Answers each byte with the next one. */
  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              Socket socket = server.accept();
              Thread.ofPlatform().daemon().start(() -> answer(socket));
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
    line = Line.to(() -> Optional.of((InetSocketAddress) server.getLocalSocketAddress()));
  }

  private static void answer(Socket socket) {
    try (socket) {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        socket.getOutputStream().write(read + 1);
      }
    } catch (IOException e) {
      // The line was cut.
    }
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
    server.close();
  }

  private Socket call() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port());
    socket.setSoTimeout(SOON_MILLIS);
    return socket;
  }

  private static int ask(Socket socket, int question) throws IOException {
    socket.getOutputStream().write(question);
    return socket.getInputStream().read();
  }

  @Test
  void aWholeLinePassesBothWays() throws IOException {
    try (Socket socket = call()) {
      assertThat(ask(socket, 7)).isEqualTo(8);
    }
  }

  @Test
  void aCutDropsWhoIsConnectedAndWhoComesUntilItIsMended() throws IOException {
    try (Socket before = call()) {
      assertThat(ask(before, 1)).isEqualTo(2);
      line.cut();
      assertThatThrownBy(() -> requireAnswer(before)).isInstanceOf(IOException.class);
      try (Socket meanwhile = call()) {
        assertThatThrownBy(() -> requireAnswer(meanwhile)).isInstanceOf(IOException.class);
      }
      line.mend();
      try (Socket after = call()) {
        assertThat(ask(after, 3)).isEqualTo(4);
      }
    }
  }

  private static void requireAnswer(Socket socket) throws IOException {
    if (ask(socket, 1) < 0) {
      throw new IOException("closed");
    }
  }

  @Test
  void aStalledLineKeepsWhatItIsGivenUntilItIsMended() throws IOException {
    try (Socket socket = call()) {
      assertThat(ask(socket, 1)).isEqualTo(2);
      line.stall();
      socket.setSoTimeout(A_MOMENT_MILLIS);
      assertThatThrownBy(() -> ask(socket, 5)).isInstanceOf(SocketTimeoutException.class);
      line.mend();
      socket.setSoTimeout(SOON_MILLIS);
      assertThat(socket.getInputStream().read()).isEqualTo(6);
    }
  }
}
