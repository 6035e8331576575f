package dev.reencodarr.starter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aPortIsKnownByTheProcessThatListensAtIt() throws Exception {
    long us = ProcessHandle.current().pid();
    long another = ProcessHandle.current().parent().orElseThrow().pid();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();

      assertThat(Ports.isListenedAtBy(port, us)).isTrue();
      assertThat(Ports.isListenedAtBy(port, another)).isFalse();
      assertThat(Ports.preferred(port)).isNotEqualTo(port);
    }
    assertThat(Ports.isListenedAtBy(port, us)).isFalse();
  }
}
