package dev.reencodarr.bench.webhooks;

import java.util.Map;

/**
 * One webhook that is to be sent.
 *
 * @param atMicros after the beginning
 * @param url whole
 * @param headers besides those of every call
 * @param body JSON
 */
record Call(long atMicros, String url, Map<String, String> headers, String body) {
  Call {
    headers = Map.copyOf(headers);
  }

  Call at(long micros) {
    return new Call(micros, url, headers, body);
  }

  Call to(String otherUrl) {
    return new Call(atMicros, otherUrl, headers, body);
  }
}
