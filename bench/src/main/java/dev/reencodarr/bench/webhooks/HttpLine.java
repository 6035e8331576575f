package dev.reencodarr.bench.webhooks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A kept connection to a server. What it does itself costs next to nothing, so that what is
 * measured is the server.
 */
final class HttpLine implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final InputStream answers;

  HttpLine(URI server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), LIMIT_MILLIS);
    answers = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a call and waits for its answer; its status. */
  int post(Call call) throws IOException {
    socket.getOutputStream().write(bytes(call));
    String[] status = line().split(" ", 3);
    long length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      }
    }
    answers.skipNBytes(length);
    return Integer.parseInt(status[1]);
  }

  private static byte[] bytes(Call call) throws IOException {
    URI url = URI.create(call.url());
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(url.getRawPath()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    call.headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    whole.write(body);
    return whole.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new IOException("the server has hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
