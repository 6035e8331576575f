package dev.reencodarr.starter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aPortIsKnownByTheProcessThatListensAtIt() throws Exception {
    long us = ProcessHandle.current().pid();
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();

      assertThat(Ports.isListenedAtBy(port, us)).isTrue();
      assertThat(Ports.isListenedAtBy(port, parent)).isFalse();
      try (Port another = Ports.take(port)) {
        assertThat(another.number()).isNotEqualTo(port);
      }
    }
    assertThat(Ports.isListenedAtBy(port, us)).isFalse();
  }

  @Test
  void aPortThatAStackHasTakenIsNoOtherStacksEvenWhileNobodyListensAtIt() throws Exception {
    int number;
    try (Port first = Ports.take(PostgresServer.USUAL_PORT)) {
      number = first.number();
      try (ServerSocket ours = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
        assertThat(ours.isBound()).as("its own server gets it").isTrue();
      }
      assertThat(Port.take(number)).isEmpty();
      try (Port second = Ports.take(number)) {
        assertThat(second.number()).isNotEqualTo(number);
      }
    }
    try (Port again = Port.take(number).orElseThrow()) {
      assertThat(again.number()).isEqualTo(number);
    }
  }
}
